#include "train/spectral_norm.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <vector>

#include "base/random.h"
#include "nn/lane_sum.h"
#include "train/gram_product.h"
#include "train/tridiagonal.h"

namespace bnrun {

namespace {

template <class T>
constexpr double kTolerance = sizeof(T) == sizeof(float) ? 1e-6 : 1e-10;

/// Squares of magnitudes up to 2^this and of what matters beside them are far from the ends of T's range.
template <class T>
constexpr int kSafeExponent = sizeof(T) == sizeof(float) ? 32 : 256;

constexpr int kPasses = 2;  ///< of Gram-Schmidt: one leaves too much where z nearly cancels

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    return lane_sum<double>(static_cast<Index>(a.size()),
                            [&](Index i) { return a[static_cast<std::size_t>(i)] * b[static_cast<std::size_t>(i)]; });
}

void subtract(std::vector<double>& z, double factor, const std::vector<double>& v) {
    for (std::size_t i = 0; i < z.size(); ++i) z[i] -= factor * v[i];
}

/// Of every size, the first numbers of one sequence, which a thread draws once.
std::vector<double> start_vector(std::size_t size) {
    thread_local Random random(0, Stream::kSpectralStart);
    thread_local std::vector<double> drawn;
    while (drawn.size() < size) drawn.push_back(random.normal());
    std::vector<double> v(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(size));
    const double length = std::sqrt(dot(v, v));
    for (double& entry : v) entry /= length;
    return v;
}

constexpr std::size_t kFirstCheck = 3;

}  // namespace

template <class T>
double spectral_norm(const Matrix<T>& a) {
    thread_local GramProduct<T> gram;
    const double largest = static_cast<double>(gram.take(a));
    if (largest == 0 || !std::isfinite(largest)) return largest;
    double scale = 1;
    if (const int exponent = std::ilogb(largest); std::abs(exponent) > kSafeExponent<T>) {
        constexpr int kMostExponent = sizeof(T) == sizeof(float) ? 120 : 1000;
        scale = std::ldexp(1.0, std::clamp(-exponent, -kMostExponent, kMostExponent));
        gram.scale(static_cast<T>(scale));
    }

    const auto most = static_cast<std::size_t>(std::min(a.rows() + 1, a.cols()));
    std::vector<std::vector<double>> basis{start_vector(static_cast<std::size_t>(a.cols()))};
    std::vector<double> z;
    Tridiagonal tridiagonal;
    while (true) {
        gram.multiply(basis.back(), z);
        tridiagonal.diagonal.push_back(dot(basis.back(), z));
        for (int pass = 0; pass < kPasses; ++pass) {
            for (const auto& earlier : basis) subtract(z, dot(earlier, z), earlier);
        }
        const double beta = std::sqrt(dot(z, z));
        const std::size_t steps = basis.size();
        const bool exhausted =
            steps == most || beta <= std::numeric_limits<T>::epsilon() * tridiagonal.diagonal.front();
        if (exhausted || steps >= kFirstCheck) {
            const Eigenpair ritz = largest_eigenpair(tridiagonal);
            if (exhausted || beta * ritz.vector.back() <= kTolerance<T> * ritz.value) {
                std::vector<double> y(basis.front().size(), 0.0);
                for (std::size_t k = 0; k < steps; ++k) subtract(y, -ritz.vector[k], basis[k]);
                return std::sqrt(gram.squared_image(y) / dot(y, y)) / scale;
            }
        }
        tridiagonal.beside.push_back(beta);
        for (double& entry : z) entry /= beta;
        basis.push_back(z);
    }
}

template double spectral_norm(const Matrix<float>&);
template double spectral_norm(const Matrix<double>&);

}  // namespace bnrun
