#include "nn/batch_norm.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "nn/lane_sum.h"

namespace bnrun {

namespace {

template <class T>
struct Moments {
    T pivot;
    T offset;    ///< the mean is pivot + offset
    T variance;  ///< biased
};

template <class T>
Moments<T> moments_about(T pivot, const T* values, Index count) {
    const T size = static_cast<T>(count);
    const T offset = lane_sum<T>(count, [=](Index i) { return values[i] - pivot; }) / size;
    const auto square = [=](Index i) {
        const T deviation = values[i] - pivot - offset;
        return deviation * deviation;
    };
    return {pivot, offset, lane_sum<T>(count, square) / size};
}

/// Two passes. A spread no larger than what rounding does to the mean is measured again about one of the values:
/// differences of nearly equal numbers are exact, and those of equal ones 0, so that a constant has the variance 0.
template <class T>
Moments<T> moments(const T* values, Index count) {
    const Moments<T> plain = moments_about(T(0), values, count);
    const T rounding = static_cast<T>(count) * std::numeric_limits<T>::epsilon() * std::abs(plain.offset);
    const bool trusted = std::sqrt(plain.variance) > rounding && std::isfinite(plain.variance);
    return trusted ? plain : moments_about(values[0], values, count);
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
      batch_mean_(units),
      batch_variance_(units),
      inverse_deviation_(units) {
    sums_.mean.setZero(units);
    sums_.variance.setZero(units);
}

template <class T>
void BatchNorm<T>::forward(const Matrix<T>& x, Matrix<T>& y, Rows rows) {
    const Index batch = x.cols();
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        const T* in = x.data() + unit * batch;
        T* normalized = normalized_.data() + unit * batch;
        T* out = y.data() + unit * batch;
        const auto [pivot, offset, biased] = moments(in, batch);
        const T inverse = T(1) / std::sqrt(biased + static_cast<T>(config_.epsilon));
        const T scale = gamma.data()[unit];
        const T shift = beta.data()[unit];
        for (Index i = 0; i < batch; ++i) normalized[i] = (in[i] - pivot - offset) * inverse;
        for (Index i = 0; i < batch; ++i) out[i] = scale * normalized[i] + shift;
        batch_mean_[unit] = pivot + offset;
        batch_variance_[unit] = biased;
        inverse_deviation_[unit] = inverse;
    }
}

template <class T>
void BatchNorm<T>::backward(Matrix<T>& d, Rows rows) {
    const Index batch = d.cols();
    const T size = static_cast<T>(batch);
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        const T* normalized = normalized_.data() + unit * batch;
        T* gradient = d.data() + unit * batch;
        const T sum = lane_sum<T>(batch, [gradient](Index i) { return gradient[i]; });
        const T product = lane_sum<T>(batch, [=](Index i) { return gradient[i] * normalized[i]; });
        beta_gradient.data()[unit] = sum;
        const T scale = gamma.data()[unit];
        const T shift = beta.data()[unit];
        const auto times_output = [=](Index i) { return gradient[i] * (scale * normalized[i] + shift); };
        gamma_gradient.data()[unit] = fidelity_ == Fidelity::kExact ? product : lane_sum<T>(batch, times_output);
        const T factor = scale * inverse_deviation_[unit];
        const T mean_gradient = sum / size;
        const T mean_product = product / size;
        for (Index i = 0; i < batch; ++i) {
            gradient[i] = factor * (gradient[i] - mean_gradient - normalized[i] * mean_product);
        }
    }
}

template <class T>
void BatchNorm<T>::infer(const Matrix<T>& x, Matrix<T>& y, Rows rows) const {
    const Index batch = x.cols();
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        const T* in = x.data() + unit * batch;
        T* out = y.data() + unit * batch;
        const T inverse = T(1) / std::sqrt(variance.data()[unit] + static_cast<T>(config_.epsilon));
        const T scale = gamma.data()[unit] * inverse;
        const T average = mean.data()[unit];
        const T shift = beta.data()[unit];
        if (in != out) std::copy_n(in, batch, out);
        for (Index i = 0; i < batch; ++i) out[i] = scale * (out[i] - average) + shift;
    }
}

template <class T>
bool BatchNorm<T>::observe() {
    bool finite = true;
    const auto size = static_cast<double>(normalized_.cols());
    const double unbiasing = size / (size - 1);
    const double kept = moving_ ? config_.momentum : 0;
    const bool moving_average = config_.inference == Inference::kMovingAverage;
    for (Index unit = 0; unit < batch_mean_.size(); ++unit) {
        const auto average = static_cast<double>(batch_mean_[unit]);
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
void BatchNorm<T>::restart_sums() {
    sums_.mean.setZero();
    sums_.variance.setZero();
    sums_.batches = 0;
}

template <class T>
void BatchNorm<T>::take_averages() {
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
