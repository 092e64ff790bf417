#include "nn/layers/lrn.h"

#include <algorithm>
#include <cmath>

#include "math/functions.h"
#include "math/simd.h"

namespace bnrun {

namespace {

/// s^-beta for s > 0, by square roots where beta is a whole number of quarters up to 1, as nearly all are.
template <class T>
inline T inverse_power(T s, T beta) {
    if (beta == T(0.75)) return T(1) / (std::sqrt(s) * std::sqrt(std::sqrt(s)));
    if (beta == T(0.5)) return T(1) / std::sqrt(s);
    if (beta == T(1)) return T(1) / s;
    if constexpr (sizeof(T) <= sizeof(double)) {
        return static_cast<T>(elementary::exp(-static_cast<double>(beta) * elementary::log(static_cast<double>(s))));
    } else {
        return std::pow(s, -beta);
    }
}

}  // namespace

template <class T>
Lrn<T>::Lrn(const Shape& shape, const LayerConfig& config)
    : shape_(shape),
      across_(config.across),
      before_(config.size / 2),
      after_((config.size - 1) / 2),
      beta_(static_cast<T>(config.beta)),
      k_(static_cast<T>(config.k)) {
    const double values = static_cast<double>(config.across ? config.size : config.size * config.size);
    factor_ = static_cast<T>(config.alpha_per == AlphaPer::kSize ? config.alpha / values : config.alpha);
}

template <class T>
void Lrn<T>::begin_batch(const Batch& batch) {
    scale_.resize(units(), batch.samples);
    power_.resize(units(), batch.samples);
}

/// Calls add(first unit, unit of a neighbour's, units in a row): units that lie together have neighbours that do.
template <class T>
template <class Add>
inline void Lrn<T>::for_each_neighbour(Index before, Index after, const Add& add) const {
    const Index positions = shape_.positions();
    for (Index c = 0; c < shape_.channels; ++c) {
        if (across_) {
            const Index end = std::min(c + after, shape_.channels - 1);
            for (Index other = std::max<Index>(c - before, 0); other <= end; ++other) {
                add(c * positions, other * positions, positions);
            }
            continue;
        }
        for (Index y = 0; y < shape_.height; ++y) {
            for (Index oy = std::max<Index>(y - before, 0); oy <= std::min(y + after, shape_.height - 1); ++oy) {
                for (Index shift = -before; shift <= after; ++shift) {
                    const Index begin = std::max<Index>(0, -shift);
                    const Index end = std::min(shape_.width, shape_.width - shift);
                    if (begin >= end) continue;
                    const Index row = c * positions + y * shape_.width;
                    add(row + begin, c * positions + oy * shape_.width + begin + shift, end - begin);
                }
            }
        }
    }
}

template <class T>
void Lrn<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = x.width(p);
        vectorized([this, in = x.panel(p), out = y.panel(p), s = scale_.panel(p), power = power_.panel(p), width,
                    count = units() * width] {
            std::fill_n(s, count, T(0));
            for_each_neighbour(before_, after_, [=](Index unit, Index other, Index units) {
                BNRUN_INDEPENDENT_TURNS
                for (Index i = 0; i < units * width; ++i) {
                    const T value = in[other * width + i];
                    s[unit * width + i] += value * value;
                }
            });
            BNRUN_INDEPENDENT_TURNS
            for (Index i = 0; i < count; ++i) {
                s[i] = k_ + factor_ * s[i];
                power[i] = inverse_power(s[i], beta_);
                out[i] = in[i] * power[i];
            }
        });
    }
}

template <class T>
void Lrn<T>::backward(const Panels<T>& x, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                      Panels<T>& dx) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = dy.width(p);
        // The forward pass is over, so that what it kept makes room: s becomes dy x / s^(beta+1).
        vectorized([this, in = x.panel(p), d = dy.panel(p), out = dx.panel(p), s = scale_.panel(p),
                    power = power_.panel(p), width, count = units() * width] {
            BNRUN_INDEPENDENT_TURNS
            for (Index i = 0; i < count; ++i) {
                s[i] = d[i] * in[i] * power[i] / s[i];
                out[i] = 0;
            }
            for_each_neighbour(after_, before_, [=](Index unit, Index other, Index units) {
                BNRUN_INDEPENDENT_TURNS
                for (Index i = 0; i < units * width; ++i) out[unit * width + i] += s[other * width + i];
            });
            const T factor = T(2) * factor_ * beta_;
            BNRUN_INDEPENDENT_TURNS
            for (Index i = 0; i < count; ++i) out[i] = d[i] * power[i] - factor * in[i] * out[i];
        });
    }
}

template class Lrn<float>;
template class Lrn<double>;
template class Lrn<long double>;

}  // namespace bnrun
