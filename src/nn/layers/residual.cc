#include "nn/layers/residual.h"

#include <algorithm>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

template <class T>
void ResidualBegin<T>::begin_batch(const Batch& batch) {
    branch_->x.resize(units_, batch.samples);
    if (batch.mode == Mode::kTrain) branch_->dy.resize(units_, batch.samples);
}

template <class T>
void ResidualBegin<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index count = units_ * x.width(p);
        std::copy_n(x.panel(p), count, branch_->x.panel(p));
        if (&x != &y) std::copy_n(x.panel(p), count, y.panel(p));
    }
}

template <class T>
void ResidualBegin<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                                Panels<T>& dx) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        vectorized([around = branch_->dy.panel(p), d = dy.panel(p), to = dx.panel(p), count = units_ * dy.width(p)] {
            BNRUN_INDEPENDENT_TURNS
            for (Index i = 0; i < count; ++i) to[i] = d[i] + around[i];
        });
    }
}

template <class T>
ResidualEnd<T>::ResidualEnd(Index units, const LayerConfig& config, std::shared_ptr<ResidualBranch<T>> branch)
    : scale(Matrix<T>::Constant(1, 1, static_cast<T>(config.scale))),
      scale_gradient(Matrix<T>::Zero(1, 1)),
      units_(units),
      learns_scale_(config.learn_scale),
      branch_(std::move(branch)) {}

template <class T>
std::vector<NamedTensor<T>> ResidualEnd<T>::tensors() {
    if (!learns_scale_) return {};
    return {{"scale", &scale, &scale_gradient}};
}

template <class T>
void ResidualEnd<T>::begin_batch(const Batch& batch) {
    sums_.resize(static_cast<std::size_t>(panels_of(batch.samples)));
}

template <class T>
void ResidualEnd<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        vectorized(
            [around = branch_->x.panel(p), f = x.panel(p), to = y.panel(p), a = scale(0), count = units_ * x.width(p)] {
                BNRUN_INDEPENDENT_TURNS
                for (Index i = 0; i < count; ++i) to[i] = around[i] + a * f[i];
            });
    }
}

template <class T>
void ResidualEnd<T>::backward(const Panels<T>& x, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                              Panels<T>& dx) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = dy.width(p);
        std::copy_n(dy.panel(p), units_ * width, branch_->dy.panel(p));
        T lanes[kFoldLanes] = {};
        vectorized([&lanes, this, f = x.panel(p), d = dy.panel(p), to = dx.panel(p), a = scale(0), width,
                    samples = dy.count(p)] {
            for (Index i = 0; i < units_ * width; ++i) to[i] = a * d[i];
            for (Index unit = 0; learns_scale_ && unit < units_; ++unit) {
                for (Index i = 0; i < samples; ++i) lanes[i] += d[unit * width + i] * f[unit * width + i];
            }
        });
        sums_[static_cast<std::size_t>(p)] = fold_row(lanes);
    }
}

template <class T>
void ResidualEnd<T>::sum_gradients(const Panels<T>& /*x*/, const Panels<T>& /*dy*/, IndexRange rows) {
    if (rows.empty()) return;
    T sum = 0;
    for (const T of_panel : sums_) sum += of_panel;
    scale_gradient(0) = sum;
}

#define BNRUN_RESIDUAL(T)            \
    template class ResidualBegin<T>; \
    template class ResidualEnd<T>;
BNRUN_RESIDUAL(float)
BNRUN_RESIDUAL(double)
BNRUN_RESIDUAL(long double)

}  // namespace bnrun
