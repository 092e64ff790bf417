#include "base/product.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <cstring>
#include <vector>

#include "base/vector_pack.h"

namespace bnrun {

namespace {

constexpr Index kBlockRows = 6;
constexpr int kPacks = 2;

template <class T>
constexpr Index kPanelColumns = kPacks* Pack<T>::kLanes;

/// Copies columns [first, first + kPanelColumns) of b next to each other, with zeros beyond the last column.
template <class T>
void pack_panel(const Matrix<T>& b, Index first, T* panel) {
    const Index width = std::min(kPanelColumns<T>, b.cols() - first);
    for (Index k = 0; k < b.rows(); ++k, panel += kPanelColumns<T>) {
        const T* row = b.data() + k * b.cols() + first;
        std::copy_n(row, width, panel);
        std::fill(panel + width, panel + kPanelColumns<T>, T(0));
    }
}

/// `count` rows of the product with one panel, held in registers while k runs.
template <class T, Index count>
void multiply_block(const Strided<T>& a, Index row, const T* panel, Index depth, Matrix<T>& c, Index first) {
    std::array<std::array<Pack<T>, kPacks>, count> sums;
    for (auto& sum : sums) sum = {Pack<T>::zero(), Pack<T>::zero()};
    const T* left = a.data + row * a.row_step;
    for (Index k = 0; k < depth; ++k, left += a.column_step, panel += kPanelColumns<T>) {
        const Pack<T> b0 = Pack<T>::load(panel);
        const Pack<T> b1 = Pack<T>::load(panel + Pack<T>::kLanes);
#pragma GCC unroll 8
        for (Index i = 0; i < count; ++i) {
            const Pack<T> broadcast = Pack<T>::all(left[i * a.row_step]);
            sums[static_cast<std::size_t>(i)][0].add_product(broadcast, b0);
            sums[static_cast<std::size_t>(i)][1].add_product(broadcast, b1);
        }
    }
    const Index width = std::min(kPanelColumns<T>, c.cols() - first);
    for (Index i = 0; i < count; ++i) {
        std::array<T, static_cast<std::size_t>(kPanelColumns<T>)> out;
        sums[static_cast<std::size_t>(i)][0].store(out.data());
        sums[static_cast<std::size_t>(i)][1].store(out.data() + Pack<T>::kLanes);
        std::copy_n(out.data(), width, c.data() + (row + i) * c.cols() + first);
    }
}

template <class T>
void multiply_panel(const Strided<T>& a, const T* panel, Index depth, Matrix<T>& c, Index first, Rows rows) {
    Index row = rows.begin;
    for (; row + kBlockRows <= rows.end; row += kBlockRows) {
        multiply_block<T, kBlockRows>(a, row, panel, depth, c, first);
    }
    for (; row + 2 <= rows.end; row += 2) multiply_block<T, 2>(a, row, panel, depth, c, first);
    for (; row < rows.end; ++row) multiply_block<T, 1>(a, row, panel, depth, c, first);
}

}  // namespace

template <class T>
void multiply(const Strided<T>& a, const Matrix<T>& b, Matrix<T>& c, Rows rows) {
    assert(c.cols() == b.cols() && rows.end <= c.rows());
    thread_local std::vector<T> panel;
    panel.resize(static_cast<std::size_t>(b.rows() * kPanelColumns<T>));
    for (Index first = 0; first < b.cols(); first += kPanelColumns<T>) {
        pack_panel(b, first, panel.data());
        multiply_panel(a, panel.data(), b.rows(), c, first, rows);
    }
}

template <class T>
void multiply_plainly(const Strided<T>& a, const Matrix<T>& b, Matrix<T>& c, Rows rows) {
    for (Index i = rows.begin; i < rows.end; ++i) {
        for (Index j = 0; j < c.cols(); ++j) {
            T sum = 0;
            for (Index k = 0; k < b.rows(); ++k) {
                sum = add_product_of(a.data[i * a.row_step + k * a.column_step], b(k, j), sum);
            }
            c(i, j) = sum;
        }
    }
}

template <class T>
void transpose(const Matrix<T>& in, Matrix<T>& out, Rows rows) {
    constexpr Index kTile = 16;
    for (Index i = rows.begin; i < rows.end; i += kTile) {
        for (Index j = 0; j < in.rows(); j += kTile) {
            for (Index ii = i; ii < std::min(i + kTile, rows.end); ++ii) {
                for (Index jj = j; jj < std::min(j + kTile, in.rows()); ++jj) {
                    out.data()[ii * out.cols() + jj] = in.data()[jj * in.cols() + ii];
                }
            }
        }
    }
}

#define BNRUN_PRODUCTS(T)                                                                  \
    template void multiply(const Strided<T>&, const Matrix<T>&, Matrix<T>&, Rows);         \
    template void multiply_plainly(const Strided<T>&, const Matrix<T>&, Matrix<T>&, Rows); \
    template void transpose(const Matrix<T>&, Matrix<T>&, Rows);
BNRUN_PRODUCTS(float)
BNRUN_PRODUCTS(double)
BNRUN_PRODUCTS(long double)

}  // namespace bnrun
