// Convolutions as products over listed rows: no image is unrolled, and any stride and padding goes at full speed. As in
// the field, a convolution is a cross-correlation: kernels are not flipped.
#pragma once

#include <array>
#include <vector>

#include "math/kernels.h"
#include "math/matrix.h"
#include "math/panels.h"
#include "math/shape.h"

namespace bnrun {

/// The windows of y (channel, oy, ox) = sum over (c, ky, kx) of w (channel, c, ky, kx) x (c, oy s + ky - py, ox s + kx
/// - px), where x is 0 outside.
struct ConvolutionWindows {
    ConvolutionWindows(const Shape& its_in, const Shape& its_out, std::array<Index, 2> its_kernel, Index its_stride,
                       std::array<Index, 2> its_padding);

    /// Of dLoss/dx at one position: the windows that it is in.
    struct Source {
        Index position;   ///< of x
        Index first;      ///< position of y that the taps count from
        IndexRange taps;  ///< of `backward`
    };

    Shape in;
    Shape padded;  ///< the input with its zeros
    Shape out;
    std::array<Index, 2> kernel;
    Index stride;
    std::array<Index, 2> padding;
    std::vector<Tap> forward;   ///< of one channel, from a window's first position in the padded input
    std::vector<Tap> backward;  ///< positions alike have one list
    std::vector<Source> sources;

    [[nodiscard]] Index size() const { return kernel[0] * kernel[1]; }
    [[nodiscard]] bool has_padding() const { return padding[0] + padding[1] > 0; }
};

/// Writes one panel of x (in.size(), samples) with its zeros around each channel.
template <class T>
void pad_panel(const ConvolutionWindows& windows, const Panels<T>& x, Index panel, Panels<T>& padded);

/// The given panels of y (out.size(), samples). Each value is a chain of fused multiply-adds from 0, over channels and
/// then the window; then bias(channel) is added.
/// @param weight (out channels, in channels * size()). @param x with its zeros. @param bias or null.
template <class T>
void convolve(const ConvolutionWindows& windows, const Matrix<T>& weight, const T* bias, const Panels<T>& x,
              IndexRange panels, Panels<T>& y);

/// dx (in.size(), samples) = dLoss/dx from dy: chains over y's channels, and then the windows that a position is in.
template <class T>
void convolve_backward(const ConvolutionWindows& windows, const Matrix<T>& weight, const Panels<T>& dy,
                       IndexRange panels, Panels<T>& dx);

/// Rows of dLoss/dweight: for each of a panel's sixteen lanes a chain over positions, added up over panels in order;
/// then the lanes are folded. @param x with its zeros.
template <class T>
void sum_weight_gradient(const ConvolutionWindows& windows, const Panels<T>& x, const Panels<T>& dy, IndexRange rows,
                         Matrix<T>& gradient);

/// The same three, written plainly: what the others are tested against, and what long double has.
template <class T>
void convolve_plainly(const ConvolutionWindows& windows, const Matrix<T>& weight, const T* bias, const Panels<T>& x,
                      IndexRange panels, Panels<T>& y);
template <class T>
void convolve_backward_plainly(const ConvolutionWindows& windows, const Matrix<T>& weight, const Panels<T>& dy,
                               IndexRange panels, Panels<T>& dx);
template <class T>
void sum_weight_gradient_plainly(const ConvolutionWindows& windows, const Panels<T>& x, const Panels<T>& dy,
                                 IndexRange rows, Matrix<T>& gradient);

}  // namespace bnrun
