#include "math/gemm.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <type_traits>

#include "math/kernels.h"
#include "math/simd.h"

namespace bnrun {

namespace {

/// Calls place(product, first, count) and then the kernel for each panel of b, or for two where both are whole and the
/// kernels want two.
template <class Product, class T, class Place>
void for_each_product(const PanelKernels<Product>& kernels, const Panels<T>& b, IndexRange panels, Product product,
                      Place place) {
    const auto is_whole = [&](Index panel) { return panel < panels.end && b.width(panel) == Panels<T>::kWidth; };
    for (Index first = panels.begin; first < panels.end;) {
        const bool two = kernels.two != nullptr && is_whole(first) && is_whole(first + 1);
        const Index count = two ? 2 : 1;
        place(product, first, count);
        (two ? kernels.two : is_whole(first) ? kernels.one : kernels.half)(product);
        first += count;
    }
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
        for_each_product(kernels<T>().multiply, b, panels, product, [&](PanelProduct<T>& at, Index panel, Index) {
            at.b = b.panel(panel);
            at.c = c.panel(panel) + some.begin * c.width(panel);
        });
    }
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
        for_each_product(kernels<T>().over_samples, b, {0, b.panels()}, product,
                         [&](SampleProduct<T>& at, Index panel, Index count) {
                             at.b = b.panel(panel) + first * b.width(panel);
                             at.c = c.data() + panel * kWidth;
                             at.columns = std::min(count * kWidth, c.cols() - panel * kWidth);
                         });
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
