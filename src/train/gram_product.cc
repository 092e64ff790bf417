#include "train/gram_product.h"

#include <algorithm>
#include <cassert>

#include "base/elementary.h"
#include "base/vector_pack.h"

namespace bnrun {

namespace {

constexpr Index kSums = 16;
constexpr std::size_t kRowsAtOnce = 8;

/// Halves are added to halves.
template <class T>
T fold(std::array<T, kSums>& sums) {
    for (std::size_t half = kSums / 2; half > 0; half /= 2) {
        for (std::size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
    }
    return sums[0];
}

/// `count` rows' dot products with v.
template <class T, std::size_t count>
std::array<T, count> dot_rows(const T* rows, Index step, const T* v) {
    using Lanes = Pack<T, kLanes<T>>;
    constexpr std::size_t kPacks = kSums / kLanes<T>;
    std::array<std::array<Lanes, kPacks>, count> sums;
    for (auto& sum : sums) sum.fill(Lanes::zero());
    for (Index i = 0; i < step; i += kSums) {
        for (std::size_t p = 0; p < kPacks; ++p) {
            const Index at = i + static_cast<Index>(p) * kLanes<T>;
            const Lanes right = Lanes::load(v + at);
#pragma GCC unroll 8
            for (std::size_t r = 0; r < count; ++r) {
                sums[r][p].add_product(Lanes::load(rows + static_cast<Index>(r) * step + at), right);
            }
        }
    }
    std::array<T, count> dots;
    for (std::size_t r = 0; r < count; ++r) {
        std::array<T, kSums> lanes;
        for (std::size_t p = 0; p < kPacks; ++p) sums[r][p].store(lanes.data() + p * kLanes<T>);
        dots[r] = fold(lanes);
    }
    return dots;
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
void GramProduct<T>::take(const Matrix<T>& a, T scale) {
    rows_ = a.rows();
    columns_ = a.cols();
    step_ = (columns_ + kSums - 1) / kSums * kSums;
    a_.resize(static_cast<std::size_t>(rows_ * step_));
    for (Index r = 0; r < rows_; ++r) {
        const T* const from = a.data() + r * columns_;
        T* const to = a_.data() + r * step_;
        for (Index i = 0; i < columns_; ++i) to[i] = scale * from[i];
        std::fill(to + columns_, to + step_, T(0));
    }
}

template <class T>
void GramProduct<T>::multiply(const std::vector<double>& v, std::vector<double>& z) {
    assert(static_cast<Index>(v.size()) == columns_);
    v_.assign(static_cast<std::size_t>(step_), T(0));
    z_.assign(static_cast<std::size_t>(step_), T(0));
    std::transform(v.begin(), v.end(), v_.begin(), [](double value) { return static_cast<T>(value); });
    constexpr auto kStep = static_cast<Index>(kRowsAtOnce);
    Index r = 0;
    for (; r + kStep <= rows_; r += kStep) {
        const T* const rows = a_.data() + r * step_;
        add_rows<T, kRowsAtOnce>(rows, step_, dot_rows<T, kRowsAtOnce>(rows, step_, v_.data()), z_.data());
    }
    for (; r < rows_; ++r) {
        const T* const row = a_.data() + r * step_;
        add_rows<T, 1>(row, step_, dot_rows<T, 1>(row, step_, v_.data()), z_.data());
    }
    z.assign(z_.begin(), z_.begin() + columns_);
}

template <class T>
void GramProduct<T>::multiply_plainly(const std::vector<double>& v, std::vector<double>& z) const {
    std::vector<T> sums(v.size(), T(0));
    for (Index r = 0; r < rows_; ++r) {
        const T* const row = a_.data() + r * step_;
        std::array<T, kSums> lanes{};
        for (std::size_t i = 0; i < v.size(); ++i) {
            lanes[i % kSums] = elementary::fused(row[i], static_cast<T>(v[i]), lanes[i % kSums]);
        }
        const T along = fold(lanes);
        for (std::size_t i = 0; i < sums.size(); ++i) sums[i] = elementary::fused(along, row[i], sums[i]);
    }
    z.assign(sums.begin(), sums.end());
}

template <class T>
double GramProduct<T>::squared_image(const std::vector<double>& y) const {
    double squares = 0;
    for (Index r = 0; r < rows_; ++r) {
        const T* const row = a_.data() + r * step_;
        std::array<double, kSums> lanes{};
        Index i = 0;
        for (; i + kSums <= columns_; i += kSums) {
            for (std::size_t lane = 0; lane < kSums; ++lane) {
                const Index at = i + static_cast<Index>(lane);
                lanes[lane] =
                    elementary::fused(static_cast<double>(row[at]), y[static_cast<std::size_t>(at)], lanes[lane]);
            }
        }
        for (std::size_t lane = 0; i < columns_; ++i, ++lane) {
            lanes[lane] = elementary::fused(static_cast<double>(row[i]), y[static_cast<std::size_t>(i)], lanes[lane]);
        }
        const double along = fold(lanes);
        squares = elementary::fused(along, along, squares);
    }
    return squares;
}

template class GramProduct<float>;
template class GramProduct<double>;

}  // namespace bnrun
