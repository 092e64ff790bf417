#include "math/gemm.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <type_traits>

#include "math/kernels.h"
#include "math/simd.h"

namespace bnrun {

namespace {

/// Of a's rows, what stays in the second cache while all panels go over it.
constexpr Index kCachedBytes = Index{1} << 18;

/// One panel, or two where both are whole and the kernels want two. Returns how many.
template <class T>
Index multiply_some(PanelProduct<T> product, const Panels<T>& b, Panels<T>& c, Index panel, Index end, Index row) {
    const Kernels<T>& kernel = kernels<T>();
    product.b = b.panel(panel);
    product.c = c.panel(panel) + row * c.width(panel);
    if (b.width(panel) < Panels<T>::kWidth) {
        kernel.multiply_half(product);
        return 1;
    }
    if (kernel.multiply_two != nullptr && panel + 1 < end && b.width(panel + 1) == Panels<T>::kWidth) {
        kernel.multiply_two(product);
        return 2;
    }
    kernel.multiply_one(product);
    return 1;
}

template <class T>
void multiply_fast(const Strided<T>& a, const Panels<T>& b, const T* bias, Panels<T>& c, IndexRange panels) {
    constexpr Index kWidth = Panels<T>::kWidth;
    const Index rows = c.rows();
    const Index depth = b.rows();
    const Index bytes = depth * static_cast<Index>(sizeof(T));
    const Index parts = std::max<Index>(1, (rows * bytes + kCachedBytes - 1) / kCachedBytes);
    for (Index part = 0; part < parts; ++part) {
        const IndexRange some{rows * part / parts, rows * (part + 1) / parts};
        const PanelProduct<T> product{{a.data + some.begin * a.row_step, a.row_step, a.column_step},
                                      some.size(),
                                      depth,
                                      nullptr,
                                      depth * kWidth,
                                      bias == nullptr ? nullptr : bias + some.begin,
                                      nullptr,
                                      rows * kWidth};
        for (Index p = panels.begin; p < panels.end;) p += multiply_some(product, b, c, p, panels.end, some.begin);
    }
}

template <class T>
Index add_some(SampleProduct<T> product, const Panels<T>& b, Index first_sample, Matrix<T>& c, Index panel) {
    constexpr Index kWidth = Panels<T>::kWidth;
    const Kernels<T>& kernel = kernels<T>();
    product.b = b.panel(panel) + first_sample * b.width(panel);
    product.c = c.data() + panel * kWidth;
    product.columns = b.count(panel);
    if (b.width(panel) < kWidth) {
        kernel.over_samples_half(product);
        return 1;
    }
    if (kernel.over_samples_two != nullptr && panel + 1 < b.panels() && b.width(panel + 1) == kWidth) {
        product.columns += b.count(panel + 1);
        kernel.over_samples_two(product);
        return 2;
    }
    kernel.over_samples_one(product);
    return 1;
}

}  // namespace

template <class T>
void multiply(const Strided<T>& a, const Panels<T>& b, const T* bias, Panels<T>& c, IndexRange panels) {
    assert(c.columns() == b.columns() && panels.end <= c.panels());
    if constexpr (std::is_same_v<T, long double>) {
        multiply_plainly(a, b, bias, c, panels);
    } else {
        multiply_fast(a, b, bias, c, panels);
    }
}

template <class T>
void multiply_over_panels(const Panels<T>& a, const Panels<T>& b, IndexRange panels, IndexRange rows, bool add,
                          Matrix<T>& c) {
    assert(a.columns() == b.rows() && panels.end <= a.panels() && rows.end <= a.rows() && c.cols() == b.columns());
    if constexpr (std::is_same_v<T, long double>) {
        multiply_over_panels_plainly(a, b, panels, rows, add, c);
    } else {
        constexpr Index kWidth = Panels<T>::kWidth;
        const Index first = panels.begin * kWidth;
        const Index samples = panels.empty() ? 0 : std::min(panels.end * kWidth, a.columns()) - first;
        const SampleProduct<T> product{a.panel(panels.begin),
                                       a.rows() * kWidth,
                                       samples,
                                       panels.empty() ? kWidth : a.width(panels.end - 1),
                                       nullptr,
                                       b.rows() * kWidth,
                                       rows,
                                       add,
                                       nullptr,
                                       c.cols(),
                                       0};
        for (Index p = 0; p < b.panels();) p += add_some(product, b, first, c, p);
    }
}

template <class T>
void multiply_plainly(const Strided<T>& a, const Panels<T>& b, const T* bias, Panels<T>& c, IndexRange panels) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const Index width = b.width(p);
        for (Index i = 0; i < c.rows(); ++i) {
            std::array<T, Panels<T>::kWidth> sums{};
            for (Index k = 0; k < b.rows(); ++k) {
                const T left = a.data[i * a.row_step + k * a.column_step];
                const T* const right = b.panel(p) + k * width;
                for (Index j = 0; j < width; ++j) {
                    T& sum = sums[static_cast<std::size_t>(j)];
                    sum = add_product_of(left, right[j], sum);
                }
            }
            T* const to = c.panel(p) + i * width;
            for (Index j = 0; j < width; ++j) {
                const T sum = sums[static_cast<std::size_t>(j)];
                to[j] = bias == nullptr ? sum : sum + bias[i];
            }
        }
    }
}

template <class T>
void multiply_over_panels_plainly(const Panels<T>& a, const Panels<T>& b, IndexRange panels, IndexRange rows, bool add,
                                  Matrix<T>& c) {
    const IndexRange samples{panels.begin * Panels<T>::kWidth, std::min(panels.end * Panels<T>::kWidth, a.columns())};
    for (Index i = rows.begin; i < rows.end; ++i) {
        for (Index j = 0; j < c.cols(); ++j) {
            T sum = 0;
            for (Index s = samples.begin; s < samples.end; ++s) sum = add_product_of(a(i, s), b(s, j), sum);
            c(i, j) = add ? sum + c(i, j) : sum;
        }
    }
}

#define BNRUN_PRODUCTS(T)                                                                                             \
    template void multiply(const Strided<T>&, const Panels<T>&, const T*, Panels<T>&, IndexRange);                    \
    template void multiply_over_panels(const Panels<T>&, const Panels<T>&, IndexRange, IndexRange, bool, Matrix<T>&); \
    template void multiply_plainly(const Strided<T>&, const Panels<T>&, const T*, Panels<T>&, IndexRange);            \
    template void multiply_over_panels_plainly(const Panels<T>&, const Panels<T>&, IndexRange, IndexRange, bool,      \
                                               Matrix<T>&);
BNRUN_PRODUCTS(float)
BNRUN_PRODUCTS(double)
BNRUN_PRODUCTS(long double)

}  // namespace bnrun
