#include "nn/layers/prelu.h"

#include "math/fold.h"
#include "math/simd.h"
#include "nn/layers/panel_range.h"

namespace bnrun {

template <class T>
Prelu<T>::Prelu(Index units)
    : slope(Matrix<T>::Constant(1, 1, static_cast<T>(kFirstSlope))),
      slope_gradient(Matrix<T>::Zero(1, 1)),
      units_(units) {}

template <class T>
void Prelu<T>::begin_batch(const Batch& batch) {
    training_ = batch.mode == Mode::kTrain;
    if (!training_) return;
    ranges_.resize(static_cast<std::size_t>(panels_of(batch.samples)));
    sums_.resize(ranges_.size());
}

template <class T>
void Prelu<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        vectorized([from = x.panel(p), to = y.panel(p), a = slope(0), count = units_ * x.width(p)] {
            BNRUN_INDEPENDENT_TURNS  // the comparison lets NaN through
                for (Index i = 0; i < count; ++i) to[i] = from[i] <= T(0) ? a * from[i] : from[i];
        });
        if (training_) ranges_[static_cast<std::size_t>(p)] = range_of_panel(y, p);
    }
}

template <class T>
void Prelu<T>::backward(const Panels<T>& x, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                        Panels<T>& dx) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = x.width(p);
        T lanes[kFoldLanes] = {};
        vectorized([&lanes, this, in = x.panel(p), d = dy.panel(p), to = dx.panel(p), a = slope(0), width,
                    samples = x.count(p)] {
            for (Index unit = 0; unit < units_; ++unit) {
                for (Index i = unit * width; i < (unit + 1) * width; ++i) to[i] = in[i] > T(0) ? d[i] : a * d[i];
                for (Index i = 0; i < samples; ++i) {
                    const Index at = unit * width + i;
                    lanes[i] += in[at] > T(0) ? T(0) : d[at] * in[at];
                }
            }
        });
        sums_[static_cast<std::size_t>(p)] = fold_row(lanes);
    }
}

template <class T>
void Prelu<T>::sum_gradients(const Panels<T>& /*x*/, const Panels<T>& /*dy*/, IndexRange rows) {
    if (rows.empty()) return;
    T sum = 0;
    for (const T of_panel : sums_) sum += of_panel;
    slope_gradient(0) = sum;
}

template <class T>
std::optional<Range<T>> Prelu<T>::activation_range() const {
    return whole_range(ranges_);
}

template <class T>
void Prelu<T>::derivatives(const T* x, const T* /*y*/, Index count, T* derivatives) const {
    std::transform(x, x + count, derivatives, [this](T value) { return value > T(0) ? T(1) : slope(0); });
}

template class Prelu<float>;
template class Prelu<double>;
template class Prelu<long double>;

}  // namespace bnrun
