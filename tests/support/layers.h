// Runs layers on whole matrices the way a network's threads run them: panels in parts, in any order.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "nn/layer.h"
#include "support/matrices.h"

namespace bnrun {

/// Panels or rows in consecutive parts of random length, at least two where there are two, in a random order.
inline std::vector<IndexRange> parts_in_random_order(Index count, Random& random) {
    std::vector<IndexRange> parts;
    for (Index begin = 0; begin < count;) {
        const Index most = std::max<Index>(1, begin == 0 ? count - 1 : count - begin);
        const auto length = 1 + static_cast<Index>(random.below(static_cast<std::uint64_t>(std::min<Index>(most, 4))));
        parts.push_back({begin, begin + length});
        begin += length;
    }
    for (std::size_t i = parts.size(); i > 1; --i) std::swap(parts[i - 1], parts[random.below(i)]);
    return parts;
}

/// One layer and a batch's values around it. What is of no sample in a panel is NaN.
template <class T>
class LayerRun {
  public:
    explicit LayerRun(Layer<T>& layer) : layer_(&layer) {}

    /// How the layer is told of each batch, the number of samples apart.
    Batch batch;
    /// Whether y is written over x where the layer works in place.
    bool in_place = true;

    /// y (units, samples).
    Matrix<T> forward(const Matrix<T>& x) {
        x_ = poisoned_panels(x);
        batch.samples = x.cols();
        layer_->begin_batch(batch);
        if (layer_->meets(batch.mode)) {
            for_each_part([&](IndexRange panels) { layer_->measure(x_, panels); });
            layer_->merge();
        }
        if (in_place && layer_->works_in_place()) {
            for_each_part([&](IndexRange panels) { layer_->forward(x_, panels, x_); });
            y_ = x_;
        } else {
            y_ = nothing(layer_->units());
            for_each_part([&](IndexRange panels) { layer_->forward(x_, panels, y_); });
        }
        return to_matrix(y_);
    }

    /// dx (inputs, samples), and the gradients of the parameters, from dy (units, samples).
    Matrix<T> backward(const Matrix<T>& dy) {
        Panels<T> d = poisoned_panels(dy);
        if (layer_->meets(Mode::kTrain)) {
            for_each_part([&](IndexRange panels) { layer_->measure_backward(d, panels); });
            layer_->merge_backward();
        }
        const Panels<T> y = layer_->keeps_output() ? y_ : nothing(layer_->units());
        Panels<T> apart = nothing(x_.rows());
        Panels<T>& dx = layer_->works_in_place() ? d : apart;
        for_each_part([&](IndexRange panels) { layer_->backward(x_, y, d, panels, dx); });
        for (const IndexRange& rows : parts_in_random_order(layer_->parameter_rows(), random_)) {
            layer_->sum_gradients(x_, d, rows);
        }
        return to_matrix(dx);
    }

    /// What the layer wrote, to be changed where the next layer writes over it.
    Panels<T>& output() { return y_; }

  private:
    template <class Work>
    void for_each_part(Work work) {
        for (const IndexRange& panels : parts_in_random_order(x_.panels(), random_)) work(panels);
    }

    /// Room for a batch's values, all NaN.
    Panels<T> nothing(Index rows) const {
        const Matrix<T> nan = Matrix<T>::Constant(rows, batch.samples, std::numeric_limits<T>::quiet_NaN());
        return poisoned_panels(nan);
    }

    Layer<T>* layer_;
    Panels<T> x_;
    Panels<T> y_;
    Random random_{1, Stream::kCheck};
};

/// Several layers, one after the other.
template <class T>
class StackRun {
  public:
    explicit StackRun(std::vector<std::unique_ptr<Layer<T>>> layers) : layers_(std::move(layers)) {
        for (const auto& layer : layers_) runs_.emplace_back(*layer);
    }

    Matrix<T> forward(Matrix<T> x, const Batch& batch = {}) {
        for (std::size_t i = 0; i < runs_.size(); ++i) {
            runs_[i].batch = batch;
            runs_[i].in_place = i % 2 == 0;
            x = runs_[i].forward(x);
            if (i > 0 && layers_[i]->overwrites_kept_input()) runs_[i - 1].output() = runs_[i].output();
        }
        return x;
    }

    Matrix<T> backward(Matrix<T> d) {
        for (std::size_t i = runs_.size(); i-- > 0;) d = runs_[i].backward(d);
        return d;
    }

    [[nodiscard]] const std::vector<std::unique_ptr<Layer<T>>>& layers() const { return layers_; }

  private:
    std::vector<std::unique_ptr<Layer<T>>> layers_;
    std::vector<LayerRun<T>> runs_;
};

/// Sizes of batches around those of panels.
inline const std::vector<Index>& batch_sizes() {
    static const std::vector<Index> sizes{1, 2, 7, 8, 9, 16, 17, 24, 25, 60, 200};
    return sizes;
}

}  // namespace bnrun
