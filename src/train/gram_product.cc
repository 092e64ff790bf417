#include "train/gram_product.h"

#include <immintrin.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <type_traits>

#include "base/elementary.h"
#include "base/transpose.h"
#include "base/vector_pack.h"

namespace bnrun {

namespace {

constexpr Index kSums = 16;

/// For each of `count` rows, products of kSums entries and their like.
template <class V, std::size_t count>
using RowSums = std::array<std::array<Pack<V, kLanes<V>>, kSums / kLanes<V>>, count>;

/// Each row's sum: halves are added to halves. Turned before, so that all rows are folded at once.
template <class V, std::size_t count>
std::array<V, count> folded(const RowSums<V, count>& sums) {
    std::array<V, kSums * count> lanes;
    for (std::size_t r = 0; r < count; ++r) {
        for (std::size_t p = 0; p < sums[r].size(); ++p) sums[r][p].store(lanes.data() + r * kSums + p * kLanes<V>);
    }
    std::array<V, kSums * count> turned;
    constexpr auto kCount = static_cast<Index>(count);
    transpose(lanes.data(), kSums, kCount, kSums, turned.data(), kCount);
    for (std::size_t half = kSums / 2; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half * count; ++i) turned[i] += turned[i + half * count];
    }
    std::array<V, count> dots;
    std::copy_n(turned.begin(), count, dots.begin());
    return dots;
}

#if defined(__AVX2__)
/// The same sums in registers. Comments give lanes of row a, and where two rows share a vector, of a and b.
template <>
std::array<float, 8> folded<float, 8>(const RowSums<float, 8>& sums) {
    const auto eight = [&](std::size_t r) {  // a0+a8 … a7+a15
#if defined(__AVX512F__)
        const __m512 row = sums[r][0].values;
        const __m256 low = __builtin_shufflevector(row, row, 0, 1, 2, 3, 4, 5, 6, 7);
        const __m256 high = __builtin_shufflevector(row, row, 8, 9, 10, 11, 12, 13, 14, 15);
        return _mm256_add_ps(low, high);
#else
        return _mm256_add_ps(sums[r][0].values, sums[r][1].values);
#endif
    };
    const auto fours = [&](std::size_t r) {  // a0+a4 … a3+a7, b0+b4 … b3+b7
        const __m256 a = eight(r);
        const __m256 b = eight(r + 4);
        return _mm256_add_ps(_mm256_permute2f128_ps(a, b, 0x20), _mm256_permute2f128_ps(a, b, 0x31));
    };
    const auto twos = [&](std::size_t r) {  // a0+a2 a1+a3 b0+b2 b1+b3, and the same of the rows four below
        const __m256 a = fours(r);
        const __m256 b = fours(r + 1);
        return _mm256_add_ps(_mm256_shuffle_ps(a, b, 0x44), _mm256_shuffle_ps(a, b, 0xEE));
    };
    const __m256 a = twos(0);
    const __m256 b = twos(2);
    std::array<float, 8> dots;
    _mm256_storeu_ps(dots.data(), _mm256_add_ps(_mm256_shuffle_ps(a, b, 0x88), _mm256_shuffle_ps(a, b, 0xDD)));
    return dots;
}
#endif

/// `count` rows' dot products with v, in v's type.
template <std::size_t count, class T, class V>
std::array<V, count> dot_rows(const T* rows, Index step, const V* v) {
    using Lanes = Pack<V, kLanes<V>>;
    RowSums<V, count> sums;
    for (auto& sum : sums) sum.fill(Lanes::zero());
    for (Index i = 0; i < step; i += kSums) {
        for (std::size_t p = 0; p < sums[0].size(); ++p) {
            const Index at = i + static_cast<Index>(p) * kLanes<V>;
            const Lanes right = Lanes::load(v + at);
#pragma GCC unroll 8
            for (std::size_t r = 0; r < count; ++r) {
                sums[r][p].add_product(Lanes::load(rows + static_cast<Index>(r) * step + at), right);
            }
        }
    }
    return folded<V, count>(sums);
}

/// Calls work(row, count) for the rows, eight at a time and the last ones singly; `count` is a std::integral_constant.
template <class Work>
void for_rows_at_once(Index rows, Work work) {
    constexpr std::size_t kAtOnce = 8;
    Index row = 0;
    for (; row + static_cast<Index>(kAtOnce) <= rows; row += static_cast<Index>(kAtOnce)) {
        work(row, std::integral_constant<std::size_t, kAtOnce>());
    }
    for (; row < rows; ++row) work(row, std::integral_constant<std::size_t, 1>());
}

/// z += factors[r] times row r, one row after the other.
template <class T, std::size_t count>
void add_rows(const T* rows, Index step, const std::array<T, count>& factors, T* z) {
    using Lanes = Pack<T, kLanes<T>>;
    for (Index i = 0; i < step; i += kLanes<T>) {
        Lanes sum = Lanes::load(z + i);
#pragma GCC unroll 8
        for (std::size_t r = 0; r < count; ++r) {
            sum.add_product(Lanes::all(factors[r]), Lanes::load(rows + static_cast<Index>(r) * step + i));
        }
        sum.store(z + i);
    }
}

}  // namespace

template <class T>
T GramProduct<T>::take(const Matrix<T>& a) {
    // As whole numbers, magnitudes have the same order, with NaN on top.
    using Bits = std::conditional_t<sizeof(T) == sizeof(float), std::uint32_t, std::uint64_t>;
    rows_ = a.rows();
    columns_ = a.cols();
    step_ = (columns_ + kSums - 1) / kSums * kSums;
    Bits largest = 0;
    const auto look_at = [&](T entry) {
        const Bits magnitude = std::bit_cast<Bits>(entry) & (~Bits{0} >> 1);
        largest = magnitude > largest ? magnitude : largest;
    };
    if (step_ == columns_) {
        a_ = a.data();
        for (Index i = 0; i < a.size(); ++i) look_at(a_[i]);
        return std::bit_cast<T>(largest);
    }
    copy_.resize(static_cast<std::size_t>(rows_ * step_));
    a_ = copy_.data();
    for (Index r = 0; r < rows_; ++r) {
        const T* const from = a.data() + r * columns_;
        T* const to = copy_.data() + r * step_;
        for (Index i = 0; i < columns_; ++i) {
            look_at(from[i]);
            to[i] = from[i];
        }
        std::fill(to + columns_, to + step_, T(0));
    }
    return std::bit_cast<T>(largest);
}

template <class T>
void GramProduct<T>::scale(T power_of_two) {
    if (a_ != copy_.data()) copy_.assign(a_, a_ + rows_ * step_);
    a_ = copy_.data();
    for (T& entry : copy_) entry *= power_of_two;
}

template <class T>
void GramProduct<T>::multiply(const std::vector<double>& v, std::vector<double>& z) {
    assert(static_cast<Index>(v.size()) == columns_);
    v_.assign(static_cast<std::size_t>(step_), T(0));
    z_.assign(static_cast<std::size_t>(step_), T(0));
    std::transform(v.begin(), v.end(), v_.begin(), [](double value) { return static_cast<T>(value); });
    for_rows_at_once(rows_, [&](Index row, auto count) {
        const T* const rows = a_ + row * step_;
        add_rows<T, count>(rows, step_, dot_rows<count>(rows, step_, v_.data()), z_.data());
    });
    z.assign(z_.begin(), z_.begin() + columns_);
}

template <class T>
void GramProduct<T>::multiply_plainly(const std::vector<double>& v, std::vector<double>& z) const {
    std::vector<T> sums(v.size(), T(0));
    for (Index r = 0; r < rows_; ++r) {
        const T* const row = a_ + r * step_;
        std::array<T, kSums> lanes{};
        for (std::size_t i = 0; i < v.size(); ++i) {
            lanes[i % kSums] = elementary::fused(row[i], static_cast<T>(v[i]), lanes[i % kSums]);
        }
        for (std::size_t half = kSums / 2; half > 0; half /= 2) {
            for (std::size_t i = 0; i < half; ++i) lanes[i] += lanes[i + half];
        }
        const T along = lanes[0];
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = elementary::fused(along, row[i], sums[i]);
    }
    z.assign(sums.begin(), sums.end());
}

template <class T>
double GramProduct<T>::squared_image(std::vector<double> y) const {
    assert(static_cast<Index>(y.size()) == columns_);
    y.resize(static_cast<std::size_t>(step_), 0.0);
    double squares = 0;
    for_rows_at_once(rows_, [&](Index row, auto count) {
        for (const double along : dot_rows<count>(a_ + row * step_, step_, y.data())) {
            squares = elementary::fused(along, along, squares);
        }
    });
    return squares;
}

template class GramProduct<float>;
template class GramProduct<double>;

}  // namespace bnrun
