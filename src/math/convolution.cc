#include "math/convolution.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <type_traits>
#include <utility>

#include "math/fold.h"
#include "math/simd.h"

namespace bnrun {

namespace {

constexpr Index kLanesOfPanel = kPanelWidth;

template <class T>
bool is_whole(const Panels<T>& x, Index panel) {
    return panel < x.panels() && x.width(panel) == kPanelWidth;
}

/// Calls kernels for a row of places that are `step` rows of b apart: two at a time where the kernels want two.
template <class T>
void multiply_places(const PanelKernels<TapProduct<T>>& kernels, TapProduct<T> product, Index places, Index step,
                     Index width) {
    product.b_pair = step * width;
    product.c_pair = width;
    for (Index place = 0; place < places;) {
        const bool two = kernels.two != nullptr && width == kPanelWidth && place + 1 < places;
        (two ? kernels.two : width == kPanelWidth ? kernels.one : kernels.half)(product);
        const Index done = two ? 2 : 1;
        product.b += done * product.b_pair;
        product.c += done * product.c_pair;
        place += done;
    }
}

template <class T>
void convolve_fast(const ConvolutionWindows& windows, const Matrix<T>& weight, const T* bias, const Panels<T>& x,
                   IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = x.width(p);
        TapProduct<T> product{weight.data(),
                              weight.cols(),
                              windows.size(),
                              windows.out.channels,
                              windows.in.channels,
                              windows.forward.data(),
                              static_cast<Index>(windows.forward.size()),
                              nullptr,
                              windows.padded.positions() * width,
                              0,
                              bias,
                              nullptr,
                              windows.out.positions() * width,
                              0};
        for (Index oy = 0; oy < windows.out.height; ++oy) {
            product.b = x.panel(p) + oy * windows.stride * windows.padded.width * width;
            product.c = y.panel(p) + oy * windows.out.width * width;
            multiply_places(kernels<T>().taps, product, windows.out.width, windows.stride, width);
        }
    }
}

template <class T>
void convolve_backward_fast(const ConvolutionWindows& windows, const Matrix<T>& weight, const Panels<T>& dy,
                            IndexRange panels, Panels<T>& dx) {
    const PanelKernels<TapProduct<T>>& kernels = bnrun::kernels<T>().taps;
    for (Index p = panels.begin; p < panels.end;) {
        const bool two = kernels.two != nullptr && p + 1 < panels.end && is_whole(dy, p) && is_whole(dy, p + 1);
        const Index width = dy.width(p);
        TapProduct<T> product{weight.data(),
                              windows.size(),
                              weight.cols(),
                              windows.in.channels,
                              windows.out.channels,
                              nullptr,
                              0,
                              nullptr,
                              windows.out.positions() * width,
                              dy.rows() * width,
                              nullptr,
                              nullptr,
                              windows.in.positions() * width,
                              dx.rows() * width};
        for (const ConvolutionWindows::Source& source : windows.sources) {
            product.taps = windows.backward.data() + source.taps.begin;
            product.tap_count = source.taps.size();
            product.b = dy.panel(p) + source.first * width;
            product.c = dx.panel(p) + source.position * width;
            (two ? kernels.two : width == kPanelWidth ? kernels.one : kernels.half)(product);
        }
        p += two ? 2 : 1;
    }
}

/// A panel of sixteen lanes with 0 in those of no sample.
template <class T>
const T* whole_panel(const Panels<T>& x, Index panel, IndexRange rows, std::vector<T>& room) {
    const Index width = x.width(panel);
    const Index count = x.count(panel);
    if (count == kLanesOfPanel) return x.panel(panel) + rows.begin * width;
    room.assign(static_cast<std::size_t>(rows.size() * kLanesOfPanel), T(0));
    for (Index row = 0; row < rows.size(); ++row) {
        std::copy_n(x.panel(panel) + (rows.begin + row) * width, count, room.data() + row * kLanesOfPanel);
    }
    return room.data();
}

/// Channels of y whose gradients are summed together, so that their panels' values stay in the first cache.
constexpr Index kChannelsAtOnce = 4;

template <class T>
void add_panel_gradient(const ConvolutionWindows& windows, const T* x, const T* dy, Index channels, T* lanes) {
    const Index size = windows.size();
    TapGradient<T> gradient{dy,
                            windows.out.positions() * kLanesOfPanel,
                            windows.out.height,
                            windows.out.width,
                            channels,
                            nullptr,
                            windows.stride * windows.padded.width * kLanesOfPanel,
                            windows.stride * kLanesOfPanel,
                            windows.forward.data(),
                            size,
                            nullptr,
                            windows.in.channels * size * kLanesOfPanel};
    for (Index c = 0; c < windows.in.channels; ++c) {
        gradient.x = x + c * windows.padded.positions() * kLanesOfPanel;
        gradient.lanes = lanes + c * size * kLanesOfPanel;
        kernels<T>().tap_gradient(gradient);
    }
}

template <class T>
void sum_weight_gradient_fast(const ConvolutionWindows& windows, const Panels<T>& x, const Panels<T>& dy,
                              IndexRange rows, Matrix<T>& gradient) {
    thread_local std::vector<T> lanes;
    thread_local std::vector<T> room_of_x;
    thread_local std::vector<T> room_of_dy;
    const Index positions = windows.out.positions();
    for (Index row = rows.begin; row < rows.end; row += kChannelsAtOnce) {
        const Index channels = std::min(kChannelsAtOnce, rows.end - row);
        lanes.assign(static_cast<std::size_t>(channels * gradient.cols() * kLanesOfPanel), T(0));
        for (Index p = 0; p < dy.panels(); ++p) {
            add_panel_gradient(windows, whole_panel(x, p, {0, x.rows()}, room_of_x),
                               whole_panel(dy, p, {row * positions, (row + channels) * positions}, room_of_dy),
                               channels, lanes.data());
        }
        T* const to = gradient.data() + row * gradient.cols();
        const T* const from = lanes.data();
        vectorized([=, count = channels * gradient.cols()] {
            sum_rows<T>(
                {count, kLanesOfPanel, kLanesOfPanel},
                [=](Index i, Index lane) { return Part<T>::load(from + i * kLanesOfPanel + lane); }, to);
        });
    }
}

}  // namespace

ConvolutionWindows::ConvolutionWindows(const Shape& its_in, const Shape& its_out, std::array<Index, 2> its_kernel,
                                       Index its_stride, std::array<Index, 2> its_padding)
    : in(its_in),
      padded(its_in.channels, its_in.height + 2 * its_padding[0], its_in.width + 2 * its_padding[1]),
      out(its_out),
      kernel(its_kernel),
      stride(its_stride),
      padding(its_padding) {
    for (Index ky = 0; ky < kernel[0]; ++ky) {
        for (Index kx = 0; kx < kernel[1]; ++kx) forward.push_back({ky * kernel[1] + kx, ky * padded.width + kx});
    }
    /// Windows along one axis that position i is in: the place of each, and of i within it.
    const auto windows_at = [&](Index i, std::size_t axis, Index count) {
        std::vector<Tap> found;
        for (Index k = 0; k < kernel[axis]; ++k) {
            const Index start = i + padding[axis] - k;
            if (start >= 0 && start % stride == 0 && start / stride < count) found.push_back({k, start / stride});
        }
        return found;
    };
    std::map<std::vector<std::pair<Index, Index>>, IndexRange> lists;
    for (Index y = 0; y < in.height; ++y) {
        for (Index x = 0; x < in.width; ++x) {
            std::vector<std::pair<Index, Index>> taps;
            for (const Tap& row : windows_at(y, 0, out.height)) {
                for (const Tap& column : windows_at(x, 1, out.width)) {
                    taps.emplace_back(row.a * kernel[1] + column.a, row.b * out.width + column.b);
                }
            }
            const Index first = taps.empty() ? 0 : taps.front().second;
            for (auto& tap : taps) tap.second -= first;
            const auto begin = static_cast<Index>(backward.size());
            const auto [list, is_new] =
                lists.try_emplace(taps, IndexRange{begin, begin + static_cast<Index>(taps.size())});
            for (const auto& [a, b] : taps) {
                if (is_new) backward.push_back({a, b});
            }
            sources.push_back({y * in.width + x, first, list->second});
        }
    }
}

template <class T>
void pad_panel(const ConvolutionWindows& windows, const Panels<T>& x, Index panel, Panels<T>& padded) {
    const Index width = x.width(panel);
    const Index row = windows.in.width * width;
    const Index padded_row = windows.padded.width * width;
    const T* from = x.panel(panel);
    T* to = padded.panel(panel);
    std::fill_n(to, padded.rows() * width, T(0));
    for (Index c = 0; c < windows.in.channels; ++c, to += windows.padded.height * padded_row) {
        for (Index y = 0; y < windows.in.height; ++y, from += row) {
            std::copy_n(from, row, to + (y + windows.padding[0]) * padded_row + windows.padding[1] * width);
        }
    }
}

template <class T>
void convolve(const ConvolutionWindows& windows, const Matrix<T>& weight, const T* bias, const Panels<T>& x,
              IndexRange panels, Panels<T>& y) {
    assert(x.rows() == windows.padded.size() && y.rows() == windows.out.size() && panels.end <= x.panels());
    if constexpr (std::is_same_v<T, long double>) {
        convolve_plainly(windows, weight, bias, x, panels, y);
    } else {
        convolve_fast(windows, weight, bias, x, panels, y);
    }
}

template <class T>
void convolve_backward(const ConvolutionWindows& windows, const Matrix<T>& weight, const Panels<T>& dy,
                       IndexRange panels, Panels<T>& dx) {
    assert(dx.rows() == windows.in.size() && dy.rows() == windows.out.size() && panels.end <= dy.panels());
    if constexpr (std::is_same_v<T, long double>) {
        convolve_backward_plainly(windows, weight, dy, panels, dx);
    } else {
        convolve_backward_fast(windows, weight, dy, panels, dx);
    }
}

template <class T>
void sum_weight_gradient(const ConvolutionWindows& windows, const Panels<T>& x, const Panels<T>& dy, IndexRange rows,
                         Matrix<T>& gradient) {
    assert(x.rows() == windows.padded.size() && dy.rows() == windows.out.size());
    if constexpr (std::is_same_v<T, long double>) {
        sum_weight_gradient_plainly(windows, x, dy, rows, gradient);
    } else {
        sum_weight_gradient_fast(windows, x, dy, rows, gradient);
    }
}

template <class T>
void convolve_plainly(const ConvolutionWindows& windows, const Matrix<T>& weight, const T* bias, const Panels<T>& x,
                      IndexRange panels, Panels<T>& y) {
    const Index size = windows.size();
    for (Index p = panels.begin; p < panels.end; ++p) {
        for (Index row = 0; row < y.rows(); ++row) {
            const Index channel = row / windows.out.positions();
            const Index oy = row % windows.out.positions() / windows.out.width;
            const Index ox = row % windows.out.width;
            const Index first = (oy * windows.padded.width + ox) * windows.stride;
            for (Index s = 0; s < y.width(p); ++s) {
                T sum = 0;
                for (Index k = 0; k < weight.cols(); ++k) {
                    const Tap& tap = windows.forward[static_cast<std::size_t>(k % size)];
                    const Index at = k / size * windows.padded.positions() + first + tap.b;
                    sum = add_product_of(weight(channel, k), x.panel(p)[at * x.width(p) + s], sum);
                }
                y.panel(p)[row * y.width(p) + s] = bias == nullptr ? sum : sum + bias[channel];
            }
        }
    }
}

template <class T>
void convolve_backward_plainly(const ConvolutionWindows& windows, const Matrix<T>& weight, const Panels<T>& dy,
                               IndexRange panels, Panels<T>& dx) {
    const Index size = windows.size();
    for (Index p = panels.begin; p < panels.end; ++p) {
        for (Index row = 0; row < dx.rows(); ++row) {
            const Index c = row / windows.in.positions();
            const ConvolutionWindows::Source& source =
                windows.sources[static_cast<std::size_t>(row % windows.in.positions())];
            for (Index s = 0; s < dx.width(p); ++s) {
                T sum = 0;
                for (Index channel = 0; channel < windows.out.channels; ++channel) {
                    for (Index t = source.taps.begin; t < source.taps.end; ++t) {
                        const Tap& tap = windows.backward[static_cast<std::size_t>(t)];
                        const Index at = channel * windows.out.positions() + source.first + tap.b;
                        sum = add_product_of(weight(channel, c * size + tap.a), dy.panel(p)[at * dy.width(p) + s], sum);
                    }
                }
                dx.panel(p)[row * dx.width(p) + s] = sum;
            }
        }
    }
}

template <class T>
void sum_weight_gradient_plainly(const ConvolutionWindows& windows, const Panels<T>& x, const Panels<T>& dy,
                                 IndexRange rows, Matrix<T>& gradient) {
    const Index size = windows.size();
    const auto lane_of_panel = [&](Index channel, Index k, Index p, Index lane) {
        const Tap& tap = windows.forward[static_cast<std::size_t>(k % size)];
        T sum = 0;
        for (Index position = 0; position < windows.out.positions(); ++position) {
            const Index first =
                (position / windows.out.width * windows.padded.width + position % windows.out.width) * windows.stride;
            const Index at = k / size * windows.padded.positions() + first + tap.b;
            const Index row = channel * windows.out.positions() + position;
            sum = add_product_of(dy.panel(p)[row * dy.width(p) + lane], x.panel(p)[at * x.width(p) + lane], sum);
        }
        return sum;
    };
    for (Index channel = rows.begin; channel < rows.end; ++channel) {
        for (Index k = 0; k < gradient.cols(); ++k) {
            T lanes[kFoldLanes] = {};
            for (Index p = 0; p < dy.panels(); ++p) {
                for (Index lane = 0; lane < dy.count(p); ++lane) lanes[lane] += lane_of_panel(channel, k, p, lane);
            }
            gradient(channel, k) = fold_row(lanes);
        }
    }
}

#define BNRUN_CONVOLUTION(T)                                                                                           \
    template void pad_panel(const ConvolutionWindows&, const Panels<T>&, Index, Panels<T>&);                           \
    template void convolve(const ConvolutionWindows&, const Matrix<T>&, const T*, const Panels<T>&, IndexRange,        \
                           Panels<T>&);                                                                                \
    template void convolve_backward(const ConvolutionWindows&, const Matrix<T>&, const Panels<T>&, IndexRange,         \
                                    Panels<T>&);                                                                       \
    template void sum_weight_gradient(const ConvolutionWindows&, const Panels<T>&, const Panels<T>&, IndexRange,       \
                                      Matrix<T>&);                                                                     \
    template void convolve_plainly(const ConvolutionWindows&, const Matrix<T>&, const T*, const Panels<T>&,            \
                                   IndexRange, Panels<T>&);                                                            \
    template void convolve_backward_plainly(const ConvolutionWindows&, const Matrix<T>&, const Panels<T>&, IndexRange, \
                                            Panels<T>&);                                                               \
    template void sum_weight_gradient_plainly(const ConvolutionWindows&, const Panels<T>&, const Panels<T>&,           \
                                              IndexRange, Matrix<T>&);
BNRUN_CONVOLUTION(float)
BNRUN_CONVOLUTION(double)
BNRUN_CONVOLUTION(long double)

}  // namespace bnrun
