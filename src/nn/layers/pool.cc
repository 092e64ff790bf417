#include "nn/layers/pool.h"

#include <algorithm>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

namespace {

/// Calls work(position, number) for a window's positions in scan order.
template <class Work>
inline void for_each_position(Index first, Index height, Index width, Index image_width, const Work& work) {
    Index number = 0;
    for (Index y = 0; y < height; ++y, first += image_width) {
        for (Index x = 0; x < width; ++x, ++number) work(first + x, number);
    }
}

/// The largest value of a window and where it is, for each lane.
template <Index width, class T, class Window>
inline void pool_max(const T* x, const Window& window, Index image_width, T* y, T* place) {
    for (Index lane = 0; lane < width; lane += kPartLanes<T>) {
        Part<T> best = Part<T>::load(x + window.first * width + lane);
        Part<T> at = Part<T>::all(T(0));
        for_each_position(window.first, window.height, window.width, image_width, [&](Index position, Index number) {
            const Part<T> value = Part<T>::load(x + position * width + lane);
            at = Part<T>::where_beats(value, best, Part<T>::all(static_cast<T>(number)), at);
            best = Part<T>::where_beats(value, best, value, best);
        });
        best.store(y + lane);
        at.store(place + lane);
    }
}

template <Index width, class T, class Window>
inline void pool_mean(const T* x, const Window& window, Index image_width, T* y) {
    const Part<T> share = Part<T>::all(T(1) / static_cast<T>(window.height * window.width));
    for (Index lane = 0; lane < width; lane += kPartLanes<T>) {
        Part<T> sum = Part<T>::all(T(0));
        for_each_position(window.first, window.height, window.width, image_width,
                          [&](Index position, Index) { sum = sum + Part<T>::load(x + position * width + lane); });
        (sum * share).store(y + lane);
    }
}

/// @param adds whether windows overlap; else dx is what it gets from this one.
template <bool adds, class T>
inline void give(const Part<T>& part, T* dx) {
    (adds ? Part<T>::load(dx) + part : part).store(dx);
}

template <Index width, bool adds, class T, class Window>
inline void unpool_max(const T* dy, const T* place, const Window& window, Index image_width, T* dx) {
    for (Index lane = 0; lane < width; lane += kPartLanes<T>) {
        const Part<T> d = Part<T>::load(dy + lane);
        const Part<T> at = Part<T>::load(place + lane);
        for_each_position(window.first, window.height, window.width, image_width, [&](Index position, Index number) {
            const Part<T> here = Part<T>::all(static_cast<T>(number));
            give<adds>(Part<T>::where_equal(at, here, d, Part<T>::all(T(0))), dx + position * width + lane);
        });
    }
}

template <Index width, bool adds, class T, class Window>
inline void unpool_mean(const T* dy, const Window& window, Index image_width, T* dx) {
    const Part<T> share = Part<T>::all(T(1) / static_cast<T>(window.height * window.width));
    for (Index lane = 0; lane < width; lane += kPartLanes<T>) {
        const Part<T> d = Part<T>::load(dy + lane) * share;
        for_each_position(window.first, window.height, window.width, image_width,
                          [&](Index position, Index) { give<adds>(d, dx + position * width + lane); });
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
    const auto covers = [&](Index windows, Index extent) { return windows * stride >= extent; };
    covers_once_ = stride == size && covers(out_.height, in_.height) && covers(out_.width, in_.width);
}

template <class T>
void Pool<T>::begin_batch(const Batch& batch) {
    if (pooling_ == Pooling::kMax) places_.resize(units(), batch.samples);
}

template <class T>
void Pool<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        vectorized([&, this] {
            if (x.width(p) == kPanelWidth) {
                forward_panel<kPanelWidth>(x.panel(p), p, y.panel(p));
            } else {
                forward_panel<kPanelWidth / 2>(x.panel(p), p, y.panel(p));
            }
        });
    }
}

template <class T>
template <Index width>
inline void Pool<T>::forward_panel(const T* x, Index panel, T* y) {
    T* place = pooling_ == Pooling::kMax ? places_.panel(panel) : nullptr;
    for (Index c = 0; c < in_.channels; ++c, x += in_.positions() * width) {
        for (const Window& window : windows_) {
            if (pooling_ == Pooling::kMax) {
                pool_max<width>(x, window, in_.width, y, place);
                place += width;
            } else {
                pool_mean<width>(x, window, in_.width, y);
            }
            y += width;
        }
    }
}

template <class T>
void Pool<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                       Panels<T>& dx) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        if (!covers_once_ || dy.width(p) != kPanelWidth) std::fill_n(dx.panel(p), in_.size() * dy.width(p), T(0));
        vectorized([&, this] {
            if (dy.width(p) == kPanelWidth) {
                covers_once_ ? backward_panel<kPanelWidth, false>(dy.panel(p), p, dx.panel(p))
                             : backward_panel<kPanelWidth, true>(dy.panel(p), p, dx.panel(p));
            } else {
                backward_panel<kPanelWidth / 2, true>(dy.panel(p), p, dx.panel(p));
            }
        });
    }
}

template <class T>
template <Index width, bool adds>
inline void Pool<T>::backward_panel(const T* dy, Index panel, T* dx) const {
    const T* place = pooling_ == Pooling::kMax ? places_.panel(panel) : nullptr;
    for (Index c = 0; c < in_.channels; ++c, dx += in_.positions() * width) {
        for (const Window& window : windows_) {
            if (pooling_ == Pooling::kMax) {
                unpool_max<width, adds>(dy, place, window, in_.width, dx);
                place += width;
            } else {
                unpool_mean<width, adds>(dy, window, in_.width, dx);
            }
            dy += width;
        }
    }
}

template class Pool<float>;
template class Pool<double>;
template class Pool<long double>;

}  // namespace bnrun
