// The innermost loops of products, of which the program has a version for each instruction set.
#pragma once

#include "math/isa.h"
#include "math/matrix.h"

namespace bnrun {

/// Rows of c = a b + bias for one panel of b and c, or two that are `b_panel` and `c_panel` values apart.
template <class T>
struct PanelProduct {
    Strided<T> a;
    Index rows;
    Index depth;
    const T* b;
    Index b_panel;
    const T* bias;  ///< or null
    T* c;
    Index c_panel;
};

/// Rows of c = a b, or c += a b, summed over samples, which a has in panels of sixteen, `a_panel` values apart.
template <class T>
struct SampleProduct {
    const T* a;  ///< the first panel
    Index a_panel;
    Index samples;
    Index last_width;  ///< of a's last panel: sixteen or eight
    const T* b;        ///< the first sample's row in one panel of b, or in two that are `b_panel` values apart
    Index b_panel;
    IndexRange rows;
    bool add;
    T* c;  ///< row 0, at the panel's first column
    Index c_step;
    Index columns;  ///< of c, which may be fewer than the panels have
};

/// One term of a convolution's sum: a weight of a channel's window, and the position that it meets.
struct Tap {
    Index a;
    Index b;
};

/// Rows of c = sum over channels and taps of a b, for one place of a convolution or two.
template <class T>
struct TapProduct {
    const T* a;
    Index a_row;    ///< from one row of c to the next
    Index a_outer;  ///< from one channel to the next
    Index rows;
    Index outer;  ///< channels
    const Tap* taps;
    Index tap_count;
    const T* b;
    Index b_outer;
    Index b_pair;   ///< to the second place's
    const T* bias;  ///< or null
    T* c;
    Index c_row;
    Index c_pair;
};

/// Lanes of a convolution's weight gradients += sum over positions of d x, in panels of sixteen lanes.
template <class T>
struct TapGradient {
    const T* d;
    Index d_channel;
    Index height;  ///< positions of d
    Index width;
    Index channels;  ///< of d
    const T* x;      ///< one channel
    Index x_row;     ///< from one row of positions to the next
    Index x_step;    ///< from one position to the next
    const Tap* taps;
    Index tap_count;
    T* lanes;
    Index lanes_channel;
};

/// For one panel of sixteen columns, for two, and for one of eight. That for two is null where one panel keeps every
/// register at work.
template <class Product>
struct PanelKernels {
    void (*one)(const Product&);
    void (*two)(const Product&);
    void (*half)(const Product&);
};

template <class T>
struct Kernels {
    PanelKernels<PanelProduct<T>> multiply;
    PanelKernels<SampleProduct<T>> over_samples;
    PanelKernels<TapProduct<T>> taps;
    void (*tap_gradient)(const TapGradient<T>&);

    /// z += a^T (a v), a row after the other, for a's rows of `step` values, a multiple of sixteen.
    void (*add_gram_product)(const T* a, Index rows, Index step, const T* v, T* z);
    /// |a y|^2.
    double (*squared_image)(const T* a, Index rows, Index step, const double* y);
};

/// Those of x86-64, each in a source with flags of its own.
template <class T>
Kernels<T> kernels_avx2();
template <class T>
Kernels<T> kernels_avx512();

/// @param isa one of usable_isas()
template <class T>
Kernels<T> kernels_of(Isa isa);

/// Those of isa().
template <class T>
const Kernels<T>& kernels();

}  // namespace bnrun
