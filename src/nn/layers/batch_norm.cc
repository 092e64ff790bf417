#include "nn/layers/batch_norm.h"

#include <cmath>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

namespace {

/// Calls work(unit, i) for each value i of a panel's rows, which must not depend on each other. The compiler is to know
/// how many there are in a row, and that writing one over another's place is no hindrance.
template <class Work>
void for_each_value(Index units, Index width, Work work) {
    for (Index unit = 0; unit < units; ++unit) {
        if (width == kPanelWidth) {
            BNRUN_INDEPENDENT_TURNS
            for (Index i = unit * kPanelWidth; i < (unit + 1) * kPanelWidth; ++i) work(unit, i);
        } else {
            BNRUN_INDEPENDENT_TURNS
            for (Index i = unit * width; i < (unit + 1) * width; ++i) work(unit, i);
        }
    }
}

}  // namespace

template <class T>
BatchNorm<T>::BatchNorm(Index units, const BatchNormConfig& config, Fidelity fidelity)
    : gamma(Matrix<T>::Constant(units, 1, static_cast<T>(config.gamma.init))),
      beta(Matrix<T>::Constant(units, 1, static_cast<T>(config.beta.init))),
      gamma_gradient(Matrix<T>::Zero(units, 1)),
      beta_gradient(Matrix<T>::Zero(units, 1)),
      mean(Matrix<T>::Zero(units, 1)),
      variance(Matrix<T>::Ones(units, 1)),
      config_(config),
      fidelity_(fidelity),
      batch_variance_(units),
      inverse_deviation_(units) {
    sums_.mean.setZero(units);
    sums_.variance.setZero(units);
}

template <class T>
std::vector<NamedTensor<T>> BatchNorm<T>::tensors() {
    return {{"gamma", &gamma, &gamma_gradient, false, config_.gamma.learn},
            {"beta", &beta, &beta_gradient, false, config_.beta.learn},
            {"mean", &mean},
            {"variance", &variance}};
}

template <class T>
void BatchNorm<T>::begin_batch(const Batch& batch) {
    mode_ = batch.mode;
    if (mode_ == Mode::kInference) return;  // the last batch's statistics stay, with the number of its samples
    samples_ = batch.samples;
    const Index units = this->units();
    normalized_.resize(units, batch.samples);
    moments_.resize(static_cast<std::size_t>(normalized_.panels()));
    gradient_sums_.resize(moments_.size());
    for (Moments<T>& moments : moments_) moments.resize(units);
    for (GradientSums& sums : gradient_sums_) {
        for (Vector<T>* part : {&sums.dy, &sums.dy_normalized, &sums.dy_y}) part->resize(units);
    }
}

template <class T>
void BatchNorm<T>::measure(const Panels<T>& x, IndexRange panels) {
    for (Index p = panels.begin; p < panels.end; ++p) measure_rows(x, p, moments_[static_cast<std::size_t>(p)]);
}

template <class T>
void BatchNorm<T>::merge() {
    merge_moments(moments_, samples_, whole_);
    const T* const squares = whole_.squares.data();
    T* const biased = batch_variance_.data();
    T* const inverse = inverse_deviation_.data();
    const T epsilon = static_cast<T>(config_.epsilon);
    vectorized([=, units = this->units(), n = static_cast<T>(samples_)] {
        for (Index unit = 0; unit < units; ++unit) {
            biased[unit] = squares[unit] / n;
            inverse[unit] = T(1) / std::sqrt(biased[unit] + epsilon);
        }
    });
}

template <class T>
void BatchNorm<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        if (mode_ == Mode::kInference) {
            infer(x, p, y);
        } else {
            normalize(x, p, y);
        }
    }
}

template <class T>
void BatchNorm<T>::normalize(const Panels<T>& x, Index panel, Panels<T>& y) {
    const T* const in = x.panel(panel);
    T* const normalized = normalized_.panel(panel);
    T* const out = y.panel(panel);
    const T* const pivot = whole_.pivot.data();
    const T* const offset = whole_.offset.data();
    const T* const inverse = inverse_deviation_.data();
    const T* const scale = gamma.data();
    const T* const shift = beta.data();
    const Index width = x.width(panel);
    const Index units = this->units();
    vectorized([=] {
        for_each_value(units, width, [=](Index unit, Index i) {
            const T value = (in[i] - pivot[unit] - offset[unit]) * inverse[unit];
            normalized[i] = value;
            out[i] = scale[unit] * value + shift[unit];
        });
    });
}

template <class T>
void BatchNorm<T>::infer(const Panels<T>& x, Index panel, Panels<T>& y) const {
    const T* const in = x.panel(panel);
    T* const out = y.panel(panel);
    const Index width = x.width(panel);
    for (Index unit = 0; unit < this->units(); ++unit) {
        const T inverse = T(1) / std::sqrt(variance.data()[unit] + static_cast<T>(config_.epsilon));
        const T scale = gamma.data()[unit] * inverse;
        const T average = mean.data()[unit];
        const T shift = beta.data()[unit];
        for (Index i = unit * width; i < (unit + 1) * width; ++i) out[i] = scale * (in[i] - average) + shift;
    }
}

template <class T>
void BatchNorm<T>::measure_backward(const Panels<T>& dy, IndexRange panels) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const T* const d = dy.panel(p);
        const T* const normalized = normalized_.panel(p);
        const T* const scale = gamma.data();
        const T* const shift = beta.data();
        const PanelRows rows{this->units(), dy.width(p), dy.count(p)};
        const bool published = fidelity_ == Fidelity::kPublished;
        GradientSums& sums = gradient_sums_[static_cast<std::size_t>(p)];
        vectorized([=, &sums] {
            const auto at = [=](Index unit, Index i) { return Part<T>::load(d + unit * rows.width + i); };
            const auto xhat = [=](Index unit, Index i) { return Part<T>::load(normalized + unit * rows.width + i); };
            sum_rows(rows, at, sums.dy.data());
            const auto y = [=](Index unit, Index i) {
                return Part<T>::all(scale[unit]) * xhat(unit, i) + Part<T>::all(shift[unit]);
            };
            sum_rows(
                rows, [=](Index unit, Index i) { return at(unit, i) * xhat(unit, i); }, sums.dy_normalized.data());
            if (!published) return;
            sum_rows(
                rows, [=](Index unit, Index i) { return at(unit, i) * y(unit, i); }, sums.dy_y.data());
        });
    }
}

/// dbeta = sum dy, dgamma = sum dy xhat.
template <class T>
void BatchNorm<T>::merge_backward() {
    whole_gradient_ = gradient_sums_.front();
    for (std::size_t p = 1; p < gradient_sums_.size(); ++p) {
        whole_gradient_.dy += gradient_sums_[p].dy;
        whole_gradient_.dy_normalized += gradient_sums_[p].dy_normalized;
        if (fidelity_ == Fidelity::kPublished) whole_gradient_.dy_y += gradient_sums_[p].dy_y;
    }
    gamma_gradient = fidelity_ == Fidelity::kExact ? whole_gradient_.dy_normalized : whole_gradient_.dy_y;
    beta_gradient = whole_gradient_.dy;
    const T n = static_cast<T>(samples_);
    mean_dy_ = whole_gradient_.dy / n;
    mean_dy_normalized_ = whole_gradient_.dy_normalized / n;
    // Rounding would leave noise here, which rmsprop and adam turn into whole steps.
    if (beta_is_inert_) beta_gradient.setZero();
}

/// dx = gamma / deviation (dy - mean(dy) - xhat mean(dy xhat)).
template <class T>
void BatchNorm<T>::backward(const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels, Panels<T>& dx) {
    const Index units = this->units();
    const T* const scale = gamma.data();
    const T* const inverse = inverse_deviation_.data();
    const T* const average = mean_dy_.data();
    const T* const average_product = mean_dy_normalized_.data();
    for (Index p = panels.begin; p < panels.end; ++p) {
        const T* const d = dy.panel(p);
        const T* const normalized = normalized_.panel(p);
        T* const out = dx.panel(p);
        const Index width = dy.width(p);
        vectorized([=] {
            for_each_value(units, width, [=](Index unit, Index i) {
                const T factor = scale[unit] * inverse[unit];
                out[i] = factor * (d[i] - average[unit] - normalized[i] * average_product[unit]);
            });
        });
    }
}

template <class T>
void BatchNorm<T>::begin_epoch() {
    sums_.mean.setZero();
    sums_.variance.setZero();
    sums_.batches = 0;
}

template <class T>
bool BatchNorm<T>::end_batch() {
    bool finite = true;
    const auto size = static_cast<double>(samples_);
    const double unbiasing = size / (size - 1);
    const double kept = moving_ ? config_.momentum : 0;
    const bool moving_average = config_.inference == Inference::kMovingAverage;
    for (Index unit = 0; unit < this->units(); ++unit) {
        const auto average = static_cast<double>(whole_.pivot[unit] + whole_.offset[unit]);
        const auto biased = static_cast<double>(batch_variance_[unit]);
        sums_.mean[unit] += average;
        sums_.variance[unit] += fidelity_ == Fidelity::kExact ? biased * unbiasing : biased;
        finite = finite && std::isfinite(sums_.mean[unit]) && std::isfinite(sums_.variance[unit]) &&
                 std::isfinite(static_cast<T>(biased * unbiasing));
        if (moving_average) {
            T& m = mean.data()[unit];
            T& v = variance.data()[unit];
            m = static_cast<T>(kept * static_cast<double>(m) + (1 - kept) * average);
            v = static_cast<T>(kept * static_cast<double>(v) + (1 - kept) * biased * unbiasing);
        }
    }
    ++sums_.batches;
    moving_ = true;
    return finite;
}

template <class T>
void BatchNorm<T>::end_epoch() {
    if (config_.inference == Inference::kMovingAverage) return;
    const auto batches = static_cast<double>(sums_.batches);
    const double divisor = fidelity_ == Fidelity::kExact ? batches : batches - 1;
    for (Index unit = 0; unit < mean.rows(); ++unit) {
        mean.data()[unit] = static_cast<T>(sums_.mean[unit] / batches);
        variance.data()[unit] = static_cast<T>(sums_.variance[unit] / divisor);
    }
}

template <class T>
void BatchNorm<T>::exchange_state(const std::string& prefix, StateExchange& exchange) {
    exchange.array(prefix + "mean", mean);
    exchange.array(prefix + "variance", variance);
    exchange.array(prefix + "mean_sum", sums_.mean);
    exchange.array(prefix + "variance_sum", sums_.variance);
    exchange.number(prefix + "batches", sums_.batches);
    exchange.number(prefix + "moving", moving_);
}

template class BatchNorm<float>;
template class BatchNorm<double>;
template class BatchNorm<long double>;

}  // namespace bnrun
