#include "nn/layers/sample_norm.h"

#include <algorithm>
#include <cmath>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

namespace {

constexpr Index kRowsOfPart = 32;  ///< of a long sum, which are added up apart

/// lanes[i] = sum of term(row, i) over rows of a panel.
template <class T, class Term>
inline void sum_lanes(Index rows, Index width, const Term& term, T* lanes) {
    std::fill_n(lanes, width, T(0));
    for (Index first = 0; first < rows; first += kRowsOfPart) {
        T part[kPanelWidth] = {};
        for (Index row = first; row < std::min(first + kRowsOfPart, rows); ++row) {
            for (Index i = 0; i < width; ++i) part[i] += term(row, i);
        }
        for (Index i = 0; i < width; ++i) lanes[i] += part[i];
    }
}

}  // namespace

template <class T>
SampleNorm<T>::SampleNorm(const Shape& shape, const NormalizationConfig& config)
    : gamma(Matrix<T>::Constant(shape.channels, 1, static_cast<T>(config.gamma.init))),
      beta(Matrix<T>::Constant(has_beta(config) ? shape.channels : 0, 1, static_cast<T>(config.beta.init))),
      gamma_gradient(Matrix<T>::Zero(shape.channels, 1)),
      beta_gradient(Matrix<T>::Zero(beta.rows(), 1)),
      shape_(shape),
      config_(config),
      groups_(config.kind == Normalization::kGroup ? config.groups.value() : 1) {}

template <class T>
std::vector<NamedTensor<T>> SampleNorm<T>::tensors() {
    std::vector<NamedTensor<T>> list{{"gamma", &gamma, &gamma_gradient, false, config_.gamma.learn}};
    if (beta.size() > 0) list.push_back({"beta", &beta, &beta_gradient, false, config_.beta.learn});
    return list;
}

template <class T>
void SampleNorm<T>::begin_batch(const Batch& batch) {
    normalized_.resize(units(), batch.samples);
    inverse_.resize(groups_, batch.samples);
    if (batch.mode != Mode::kTrain) return;
    sums_.resize(static_cast<std::size_t>(normalized_.panels()));
    for (GradientSums& sums : sums_) {
        sums.gamma.resize(shape_.channels);
        sums.beta.resize(shape_.channels);
    }
}

template <class T>
void SampleNorm<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        vectorized([&, this] { normalize(x.panel(p), y.panel(p), p); });
    }
}

/// Values count from one of the sample's, so that equal ones have deviations of exactly 0.
template <class T>
inline void SampleNorm<T>::normalize(const T* x, T* y, Index panel) {
    const Index width = normalized_.width(panel);
    const Index rows = units() / groups_;
    const bool centers = config_.kind != Normalization::kRms;
    for (Index group = 0; group < groups_; ++group) {
        const T* const in = x + group * rows * width;
        T* const xhat = normalized_.panel(panel) + group * rows * width;
        T* const inverse = inverse_.panel(panel) + group * width;
        T origin[kPanelWidth] = {};
        T mean[kPanelWidth] = {};
        T squares[kPanelWidth];
        if (centers) {
            std::copy_n(in, width, origin);
            sum_lanes(
                rows, width, [&](Index row, Index i) { return in[row * width + i] - origin[i]; }, mean);
            for (Index i = 0; i < width; ++i) mean[i] /= static_cast<T>(rows);
        }
        const auto deviation = [&](Index row, Index i) { return in[row * width + i] - origin[i] - mean[i]; };
        sum_lanes(
            rows, width, [&](Index row, Index i) { return deviation(row, i) * deviation(row, i); }, squares);
        for (Index i = 0; i < width; ++i) {
            inverse[i] = T(1) / std::sqrt(squares[i] / static_cast<T>(rows) + static_cast<T>(config_.epsilon));
        }
        for (Index row = 0; row < rows; ++row) {
            const Index channel = (group * rows + row) / shape_.positions();
            const T scale = gamma.data()[channel];
            const T shift = beta.size() == 0 ? T(0) : beta.data()[channel];
            T* const out = y + (group * rows + row) * width;
            BNRUN_INDEPENDENT_TURNS
            for (Index i = 0; i < width; ++i) {
                const T value = deviation(row, i) * inverse[i];
                xhat[row * width + i] = value;
                out[i] = scale * value + shift;
            }
        }
    }
}

template <class T>
inline void SampleNorm<T>::sum_parameters(const T* dy, Index panel, Index samples) {
    const Index width = normalized_.width(panel);
    const Index rows = shape_.positions();
    GradientSums& sums = sums_[static_cast<std::size_t>(panel)];
    for (Index channel = 0; channel < shape_.channels; ++channel) {
        const T* const d = dy + channel * rows * width;
        const T* const xhat = normalized_.panel(panel) + channel * rows * width;
        T of_beta[kFoldLanes] = {};
        T of_gamma[kFoldLanes] = {};
        sum_lanes(
            rows, width, [=](Index row, Index i) { return d[row * width + i]; }, of_beta);
        sum_lanes(
            rows, width, [=](Index row, Index i) { return d[row * width + i] * xhat[row * width + i]; }, of_gamma);
        std::fill(of_beta + samples, of_beta + kFoldLanes, T(0));
        std::fill(of_gamma + samples, of_gamma + kFoldLanes, T(0));
        sums.beta[channel] = fold_row(of_beta);
        sums.gamma[channel] = fold_row(of_gamma);
    }
}

template <class T>
void SampleNorm<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                             Panels<T>& dx) {
    const Index rows = units() / groups_;
    const bool centers = config_.kind != Normalization::kRms;
    for (Index p = panels.begin; p < panels.end; ++p) {
        vectorized([&, this, width = dy.width(p)] {
            sum_parameters(dy.panel(p), p, dy.count(p));
            for (Index group = 0; group < groups_; ++group) {
                const T* const d = dy.panel(p) + group * rows * width;
                const T* const xhat = normalized_.panel(p) + group * rows * width;
                const T* const inverse = inverse_.panel(p) + group * width;
                T* const out = dx.panel(p) + group * rows * width;
                const auto scaled = [&](Index row, Index i) {
                    return gamma.data()[(group * rows + row) / shape_.positions()] * d[row * width + i];
                };
                T mean[kPanelWidth] = {};
                T mean_product[kPanelWidth];
                if (centers) sum_lanes(rows, width, scaled, mean);
                sum_lanes(
                    rows, width, [&](Index row, Index i) { return scaled(row, i) * xhat[row * width + i]; },
                    mean_product);
                for (Index i = 0; i < width; ++i) {
                    mean[i] /= static_cast<T>(rows);
                    mean_product[i] /= static_cast<T>(rows);
                }
                for (Index row = 0; row < rows; ++row) {
                    BNRUN_INDEPENDENT_TURNS
                    for (Index i = 0; i < width; ++i) {
                        out[row * width + i] =
                            inverse[i] * (scaled(row, i) - mean[i] - xhat[row * width + i] * mean_product[i]);
                    }
                }
            }
        });
    }
}

template <class T>
void SampleNorm<T>::sum_gradients(const Panels<T>& /*x*/, const Panels<T>& /*dy*/, IndexRange rows) {
    for (Index channel = rows.begin; channel < rows.end; ++channel) {
        T of_gamma = 0;
        T of_beta = 0;
        for (const GradientSums& sums : sums_) {
            of_gamma += sums.gamma[channel];
            of_beta += sums.beta[channel];
        }
        gamma_gradient.data()[channel] = of_gamma;
        if (beta.size() > 0) beta_gradient.data()[channel] = of_beta;
    }
}

template class SampleNorm<float>;
template class SampleNorm<double>;
template class SampleNorm<long double>;

}  // namespace bnrun
