#include "nn/layers/pool.h"

#include <algorithm>

#include "math/simd.h"

namespace bnrun {

namespace {

/// Calls work(i) for each of a row's values, of which there are 16 or 8.
template <class Work>
inline void for_each_lane(Index width, const Work& work) {
    if (width == kPanelWidth) {
        BNRUN_INDEPENDENT_TURNS
        for (Index i = 0; i < kPanelWidth; ++i) work(i);
    } else {
        BNRUN_INDEPENDENT_TURNS
        for (Index i = 0; i < kPanelWidth / 2; ++i) work(i);
    }
}

}  // namespace

template <class T>
Pool<T>::Pool(const LayerPlan& plan) : in_(plan.in), out_(plan.out), pooling_(plan.config.pooling) {
    const Index size = plan.config.size;
    const Index stride = plan.config.stride;
    for (Index y = 0; y < out_.height; ++y) {
        for (Index x = 0; x < out_.width; ++x) {
            windows_.push_back({y * stride * in_.width + x * stride, std::min(size, in_.height - y * stride),
                                std::min(size, in_.width - x * stride)});
        }
    }
}

template <class T>
void Pool<T>::begin_batch(const Batch& batch) {
    training_ = batch.mode == Mode::kTrain;
    if (pooling_ == Pooling::kMax) places_.resize(units(), batch.samples);
}

template <class T>
void Pool<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = x.width(p);
        vectorized([this, from = x.panel(p), to = y.panel(p),
                    place = pooling_ == Pooling::kMax ? places_.panel(p) : nullptr, width] {
            if (pooling_ == Pooling::kMax) {
                forward_max(from, to, place, width);
            } else {
                forward_mean(from, to, width);
            }
        });
    }
}

template <class T>
inline void Pool<T>::forward_max(const T* x, T* y, T* place, Index width) const {
    for (Index c = 0; c < in_.channels; ++c, x += in_.positions() * width) {
        for (const Window& window : windows_) {
            const T* const first = x + window.first * width;
            for_each_lane(width, [=](Index i) {
                y[i] = first[i];
                place[i] = 0;
            });
            for (Index k = 1; k < window.height * window.width; ++k) {
                const T* const value = first + (k / window.width * in_.width + k % window.width) * width;
                const T number = static_cast<T>(k);
                for_each_lane(width, [=](Index i) {
                    const bool larger = value[i] > y[i] || value[i] != value[i];
                    y[i] = larger ? value[i] : y[i];
                    place[i] = larger ? number : place[i];
                });
            }
            y += width;
            place += width;
        }
    }
}

template <class T>
inline void Pool<T>::forward_mean(const T* x, T* y, Index width) const {
    for (Index c = 0; c < in_.channels; ++c, x += in_.positions() * width) {
        for (const Window& window : windows_) {
            const Index count = window.height * window.width;
            for_each_lane(width, [=](Index i) { y[i] = 0; });
            for (Index k = 0; k < count; ++k) {
                const T* const value = x + (window.first + k / window.width * in_.width + k % window.width) * width;
                for_each_lane(width, [=](Index i) { y[i] += value[i]; });
            }
            for_each_lane(width, [=](Index i) { y[i] /= static_cast<T>(count); });
            y += width;
        }
    }
}

template <class T>
void Pool<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                       Panels<T>& dx) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = dy.width(p);
        std::fill_n(dx.panel(p), in_.size() * width, T(0));
        vectorized([this, from = dy.panel(p), to = dx.panel(p),
                    place = pooling_ == Pooling::kMax ? places_.panel(p) : nullptr, width] {
            if (pooling_ == Pooling::kMax) {
                backward_max(from, place, to, width);
            } else {
                backward_mean(from, to, width);
            }
        });
    }
}

template <class T>
inline void Pool<T>::backward_max(const T* dy, const T* place, T* dx, Index width) const {
    for (Index c = 0; c < in_.channels; ++c, dx += in_.positions() * width) {
        for (const Window& window : windows_) {
            for (Index k = 0; k < window.height * window.width; ++k) {
                T* const to = dx + (window.first + k / window.width * in_.width + k % window.width) * width;
                const T number = static_cast<T>(k);
                for_each_lane(width, [=](Index i) { to[i] += place[i] == number ? dy[i] : T(0); });
            }
            dy += width;
            place += width;
        }
    }
}

template <class T>
inline void Pool<T>::backward_mean(const T* dy, T* dx, Index width) const {
    for (Index c = 0; c < in_.channels; ++c, dx += in_.positions() * width) {
        for (const Window& window : windows_) {
            const Index count = window.height * window.width;
            for (Index k = 0; k < count; ++k) {
                T* const to = dx + (window.first + k / window.width * in_.width + k % window.width) * width;
                for_each_lane(width, [=](Index i) { to[i] += dy[i] / static_cast<T>(count); });
            }
            dy += width;
        }
    }
}

template class Pool<float>;
template class Pool<double>;
template class Pool<long double>;

}  // namespace bnrun
