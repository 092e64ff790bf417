#include "nn/layers/batch_norm.h"

#include <cmath>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

namespace {

/// Calls work(channel, i) for each value i of a panel, of which a channel has `width` side by side. They must not
/// depend on each other. The compiler is to know how many there are in a row of one position, and that writing one over
/// another's place is no hindrance.
template <class Work>
void for_each_value(Index channels, Index width, Work work) {
    for (Index channel = 0; channel < channels; ++channel) {
        if (width == kPanelWidth) {
            BNRUN_INDEPENDENT_TURNS
            for (Index i = channel * kPanelWidth; i < (channel + 1) * kPanelWidth; ++i) work(channel, i);
        } else {
            BNRUN_INDEPENDENT_TURNS
            for (Index i = channel * width; i < (channel + 1) * width; ++i) work(channel, i);
        }
    }
}

}  // namespace

template <class T>
BatchNorm<T>::BatchNorm(const Shape& shape, const NormalizationConfig& config, Fidelity fidelity)
    : gamma(Matrix<T>::Constant(shape.channels, 1, static_cast<T>(config.gamma.init))),
      beta(Matrix<T>::Constant(shape.channels, 1, static_cast<T>(config.beta.init))),
      gamma_gradient(Matrix<T>::Zero(shape.channels, 1)),
      beta_gradient(Matrix<T>::Zero(shape.channels, 1)),
      mean(Matrix<T>::Zero(shape.channels, 1)),
      variance(Matrix<T>::Ones(shape.channels, 1)),
      shape_(shape),
      config_(config),
      fidelity_(fidelity),
      batch_variance_(shape.channels),
      inverse_deviation_(shape.channels) {
    sums_.mean.setZero(shape.channels);
    sums_.variance.setZero(shape.channels);
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
    normalized_.resize(units(), batch.samples);
    moments_.resize(static_cast<std::size_t>(normalized_.panels()));
    gradient_sums_.resize(moments_.size());
    for (Moments<T>& moments : moments_) moments.resize(shape_.channels);
    for (GradientSums& sums : gradient_sums_) {
        for (Vector<T>* part : {&sums.dy, &sums.dy_normalized, &sums.dy_y}) part->resize(shape_.channels);
    }
}

template <class T>
void BatchNorm<T>::measure(const Panels<T>& x, IndexRange panels) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        measure_channels(x, p, shape_.positions(), moments_[static_cast<std::size_t>(p)]);
    }
}

template <class T>
void BatchNorm<T>::merge() {
    merge_moments(moments_, samples_, shape_.positions(), whole_);
    const T* const squares = whole_.squares.data();
    T* const biased = batch_variance_.data();
    T* const inverse = inverse_deviation_.data();
    const T epsilon = static_cast<T>(config_.epsilon);
    vectorized([=, channels = shape_.channels, n = values()] {
        for (Index channel = 0; channel < channels; ++channel) {
            biased[channel] = squares[channel] / n;
            inverse[channel] = T(1) / std::sqrt(biased[channel] + epsilon);
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
    const Index width = x.width(panel) * shape_.positions();
    vectorized([=, channels = shape_.channels] {
        for_each_value(channels, width, [=](Index channel, Index i) {
            const T value = (in[i] - pivot[channel] - offset[channel]) * inverse[channel];
            normalized[i] = value;
            out[i] = scale[channel] * value + shift[channel];
        });
    });
}

template <class T>
void BatchNorm<T>::infer(const Panels<T>& x, Index panel, Panels<T>& y) const {
    const T* const in = x.panel(panel);
    T* const out = y.panel(panel);
    const Index width = x.width(panel) * shape_.positions();
    for (Index channel = 0; channel < shape_.channels; ++channel) {
        const T inverse = T(1) / std::sqrt(variance.data()[channel] + static_cast<T>(config_.epsilon));
        const T scale = gamma.data()[channel] * inverse;
        const T average = mean.data()[channel];
        const T shift = beta.data()[channel];
        for (Index i = channel * width; i < (channel + 1) * width; ++i) out[i] = scale * (in[i] - average) + shift;
    }
}

template <class T>
void BatchNorm<T>::measure_backward(const Panels<T>& dy, IndexRange panels) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const T* const d = dy.panel(p);
        const T* const normalized = normalized_.panel(p);
        const T* const scale = gamma.data();
        const T* const shift = beta.data();
        const PanelRows rows{shape_.channels, dy.width(p), dy.count(p)};
        const Index positions = shape_.positions();
        const bool published = fidelity_ == Fidelity::kPublished;
        GradientSums& sums = gradient_sums_[static_cast<std::size_t>(p)];
        vectorized([=, &sums] {
            const auto at = [=](Index row, Index i) { return Part<T>::load(d + row * rows.width + i); };
            const auto xhat = [=](Index row, Index i) { return Part<T>::load(normalized + row * rows.width + i); };
            sum_channels(
                rows, positions, [=](Index, Index row, Index i) { return at(row, i); }, sums.dy.data());
            const auto y = [=](Index channel, Index row, Index i) {
                return Part<T>::all(scale[channel]) * xhat(row, i) + Part<T>::all(shift[channel]);
            };
            sum_channels(
                rows, positions, [=](Index, Index row, Index i) { return at(row, i) * xhat(row, i); },
                sums.dy_normalized.data());
            if (!published) return;
            sum_channels(
                rows, positions, [=](Index channel, Index row, Index i) { return at(row, i) * y(channel, row, i); },
                sums.dy_y.data());
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
    const T n = values();
    mean_dy_ = whole_gradient_.dy / n;
    mean_dy_normalized_ = whole_gradient_.dy_normalized / n;
    // Rounding would leave noise here, which rmsprop and adam turn into whole steps.
    if (beta_is_inert_) beta_gradient.setZero();
}

/// dx = gamma / deviation (dy - mean(dy) - xhat mean(dy xhat)).
template <class T>
void BatchNorm<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                            Panels<T>& dx) {
    const T* const scale = gamma.data();
    const T* const inverse = inverse_deviation_.data();
    const T* const average = mean_dy_.data();
    const T* const average_product = mean_dy_normalized_.data();
    for (Index p = panels.begin; p < panels.end; ++p) {
        const T* const d = dy.panel(p);
        const T* const normalized = normalized_.panel(p);
        T* const out = dx.panel(p);
        const Index width = dy.width(p) * shape_.positions();
        vectorized([=, channels = shape_.channels] {
            for_each_value(channels, width, [=](Index channel, Index i) {
                const T factor = scale[channel] * inverse[channel];
                out[i] = factor * (d[i] - average[channel] - normalized[i] * average_product[channel]);
            });
        });
    }
}

template <class T>
void BatchNorm<T>::begin_epoch(Statistics whose) {
    looks_on_ = whose == Statistics::kPopulation && config_.inference != Inference::kPopulation;
    if (looks_on_) return;
    sums_.mean.setZero();
    sums_.variance.setZero();
    sums_.batches = 0;
}

template <class T>
bool BatchNorm<T>::end_batch() {
    if (looks_on_) return true;
    bool finite = true;
    const auto size = static_cast<double>(samples_ * shape_.positions());
    const double unbiasing = size / (size - 1);
    const double kept = moving_ ? config_.momentum : 0;
    const bool moving_average = config_.inference == Inference::kMovingAverage;
    for (Index channel = 0; channel < shape_.channels; ++channel) {
        const auto average = static_cast<double>(whole_.pivot[channel] + whole_.offset[channel]);
        const auto biased = static_cast<double>(batch_variance_[channel]);
        sums_.mean[channel] += average;
        sums_.variance[channel] += fidelity_ == Fidelity::kExact ? biased * unbiasing : biased;
        finite = finite && std::isfinite(sums_.mean[channel]) && std::isfinite(sums_.variance[channel]) &&
                 std::isfinite(static_cast<T>(biased * unbiasing));
        if (moving_average) {
            T& m = mean.data()[channel];
            T& v = variance.data()[channel];
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
    if (looks_on_ || config_.inference == Inference::kMovingAverage) return;
    const auto batches = static_cast<double>(sums_.batches);
    const double divisor = fidelity_ == Fidelity::kExact ? batches : batches - 1;
    for (Index channel = 0; channel < mean.rows(); ++channel) {
        mean.data()[channel] = static_cast<T>(sums_.mean[channel] / batches);
        variance.data()[channel] = static_cast<T>(sums_.variance[channel] / divisor);
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
