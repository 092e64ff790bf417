#include "math/gram_product.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cstdint>
#include <type_traits>

#include "math/fold.h"
#include "math/functions.h"
#include "math/kernels.h"

namespace bnrun {

namespace {

constexpr Index kSums = kFoldLanes;

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
    kernels<T>().add_gram_product(a_, rows_, step_, v_.data(), z_.data());
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
    return kernels<T>().squared_image(a_, rows_, step_, y.data());
}

template class GramProduct<float>;
template class GramProduct<double>;

}  // namespace bnrun
