#include "base/product.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cstddef>
#include <utility>

#include "base/vector_pack.h"

namespace bnrun {

namespace {

// A block of c, kBlockRows by kPacks vectors, stays in registers while k runs: 20 of AVX-512's 32, or 12 of AVX2's 16.
// A panel of b, depth by kPacks vectors, stays in the first-level cache for depths up to 256.
constexpr Index kBlockRows = kVectorBytes == 64 ? 10 : 6;
constexpr Index kPacks = 2;

/// Steps along k for each line of memory that is asked for ahead of its use.
constexpr Index kStepsPerLine = 4;
constexpr Index kLineBytes = 64;

/// `rows` rows of the product with one panel. @param ahead what will be used next, depth / kStepsPerLine lines of it.
template <class T, Index lanes, Index packs, Index rows>
void multiply_block(const Strided<T>& a, Index row, const T* panel, Index depth, Matrix<T>& c, Index first,
                    const std::byte* ahead) {
    using Lanes = Pack<T, lanes>;
    std::array<std::array<Lanes, packs>, rows> sums;
    for (auto& sum : sums) sum.fill(Lanes::zero());
    const T* left = a.data + row * a.row_step;
    const auto step = [&]() __attribute__((always_inline)) {
        std::array<Lanes, packs> right;
#pragma GCC unroll 4
        for (std::size_t p = 0; p < packs; ++p) right[p] = Lanes::load(panel + static_cast<Index>(p) * lanes);
#pragma GCC unroll 16
        for (std::size_t i = 0; i < rows; ++i) {
            const Lanes broadcast = Lanes::all(left[static_cast<Index>(i) * a.row_step]);
#pragma GCC unroll 4
            for (std::size_t p = 0; p < packs; ++p) sums[i][p].add_product(broadcast, right[p]);
        }
        left += a.column_step;
        panel += lanes * packs;
    };
    Index k = 0;
    for (; k + kStepsPerLine <= depth; k += kStepsPerLine, ahead += kLineBytes) {
        __builtin_prefetch(ahead);
#pragma GCC unroll 4
        for (Index i = 0; i < kStepsPerLine; ++i) step();
    }
    for (; k < depth; ++k) step();
    const Index width = std::min(lanes * packs, c.cols() - first);
    for (std::size_t i = 0; i < rows; ++i) {
        T* const to = c.data() + (row + static_cast<Index>(i)) * c.cols() + first;
        if (width == lanes * packs) {
            for (std::size_t p = 0; p < packs; ++p) sums[i][p].store(to + static_cast<Index>(p) * lanes);
        } else {
            std::array<T, lanes * packs> out;
            for (std::size_t p = 0; p < packs; ++p) sums[i][p].store(out.data() + static_cast<Index>(p) * lanes);
            std::copy_n(out.data(), width, to);
        }
    }
}

/// `multiply_block` for 1, 2, … kBlockRows rows.
template <class T, Index lanes, Index packs>
constexpr auto kBlocks = []<Index... less>(std::integer_sequence<Index, less...>) {
    return std::array{&multiply_block<T, lanes, packs, less + 1>...};
}
(std::make_integer_sequence<Index, kBlockRows>());

/// Rows in as few blocks as hold them, all of nearly equal height: a block of few rows is slow.
template <class T, Index lanes, Index packs>
void multiply_panel(const Strided<T>& a, const Panels<T>& b, Matrix<T>& c, Index first, Rows rows) {
    const Index depth = b.rows();
    const T* const panel = b.panel(first);
    // Each block asks for the next part of the next panel; the last panel asks for itself, which costs nothing.
    const bool last = first + Panels<T>::kWidest >= b.columns();
    const auto* next = reinterpret_cast<const std::byte*>(b.panel(last ? first : first + Panels<T>::kWidest));
    const Index part = depth / kStepsPerLine * kLineBytes;
    const Index parts = depth * lanes * packs * static_cast<Index>(sizeof(T)) / std::max<Index>(part, 1);
    const Index count = rows.end - rows.begin;
    const Index blocks = (count + kBlockRows - 1) / kBlockRows;
    for (Index block = 0; block < blocks; ++block) {
        const Index begin = count * block / blocks;
        const Index height = count * (block + 1) / blocks - begin;
        const std::byte* const ahead = next + part * std::min(block, std::max<Index>(parts - 1, 0));
        const auto multiply_rows = kBlocks<T, lanes, packs>[static_cast<std::size_t>(height - 1)];
        multiply_rows(a, rows.begin + begin, panel, depth, c, first, ahead);
    }
}

}  // namespace

template <class T>
void multiply(const Strided<T>& a, const Panels<T>& b, Matrix<T>& c, Rows rows) {
    assert(c.cols() == b.columns() && rows.end <= c.rows());
    constexpr Index kWide = kLanes<T>;
    constexpr Index kHalf = std::max<Index>(kWide / 2, 1);
    for (Index first = 0; first < b.columns(); first += Panels<T>::kWidest) {
        const Index width = b.width(first);
        if (width > kWide) {
            multiply_panel<T, kWide, kPacks>(a, b, c, first, rows);
        } else if (width > kHalf) {
            multiply_panel<T, kWide, 1>(a, b, c, first, rows);
        } else {
            multiply_panel<T, kHalf, 1>(a, b, c, first, rows);
        }
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

#define BNRUN_PRODUCTS(T)                                                          \
    template void multiply(const Strided<T>&, const Panels<T>&, Matrix<T>&, Rows); \
    template void multiply_plainly(const Strided<T>&, const Matrix<T>&, Matrix<T>&, Rows);
BNRUN_PRODUCTS(float)
BNRUN_PRODUCTS(double)
BNRUN_PRODUCTS(long double)

}  // namespace bnrun
