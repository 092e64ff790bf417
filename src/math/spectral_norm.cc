#include "math/spectral_norm.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "math/gram_product.h"
#include "math/random.h"
#include "math/reduce.h"
#include "math/simd.h"
#include "math/tridiagonal.h"

namespace bnrun {

namespace {

/// Of the Ritz pair's residual beside its value. An eigenvalue within this of the Ritz value need not be the largest:
/// where the start vector has a share c of the true direction beside a neighbour's at the relative distance g, the
/// residual is g c, and the iteration ends at the neighbour if that is below the tolerance. So the tolerance is far
/// below the error promised, and such a start has the chance tolerance / g. Products in float32 do not stand in the
/// way: their rounding, some 1e-7, makes the pair that of a matrix as near as that to A^T A.
template <class T>
constexpr double kTolerance = sizeof(T) == sizeof(float) ? 1e-10 : 1e-14;

/// Squares of magnitudes up to 2^this and of what matters beside them are far from the ends of T's range.
template <class T>
constexpr int kSafeExponent = sizeof(T) == sizeof(float) ? 32 : 256;

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    vectorized([&sum, a = a.data(), b = b.data(), size = static_cast<Index>(a.size())] {
        sum = lane_sum<double>(size, [=](Index i) { return a[i] * b[i]; });
    });
    return sum;
}

void subtract(std::vector<double>& z, double factor, const std::vector<double>& v) {
    vectorized([to = z.data(), from = v.data(), size = static_cast<Index>(z.size()), factor] {
        BNRUN_INDEPENDENT_TURNS
        for (Index i = 0; i < size; ++i) to[i] -= factor * from[i];
    });
}

/// Of every size, the first numbers of one sequence, which a thread draws once.
std::vector<double> start_vector(std::size_t size) {
    thread_local Random random(0, Stream::kSpectralStart);
    thread_local std::vector<double> drawn;
    drawn.reserve(size);  // so that none is lost where memory runs out
    while (drawn.size() < size) drawn.push_back(random.normal());
    std::vector<double> v(drawn.begin(), drawn.begin() + static_cast<std::ptrdiff_t>(size));
    const double length = std::sqrt(dot(v, v));
    for (double& entry : v) entry /= length;
    return v;
}

constexpr std::size_t kFirstCheck = 3;

/// Lanczos vectors, each orthogonal to the others, and the matrix that A^T A is in their space.
struct Krylov {
    std::vector<std::vector<double>> basis;
    Tridiagonal projected;

    /// Takes z = A^T A basis.back(), and leaves of it what is orthogonal to the basis. Returns its length.
    double orthogonalize(std::vector<double>& z);
};

/// Gram-Schmidt against the last two, which exact arithmetic would be content with, then against all; once more where
/// so much has cancelled that rounding is left of it.
double Krylov::orthogonalize(std::vector<double>& z) {
    const std::size_t steps = basis.size();
    projected.diagonal.push_back(dot(basis.back(), z));
    subtract(z, projected.diagonal.back(), basis.back());
    if (steps > 1) subtract(z, projected.beside.back(), basis[steps - 2]);
    double length = std::sqrt(dot(z, z));
    for (int pass = 0; pass < 2; ++pass) {
        const double before = length;
        for (const auto& earlier : basis) subtract(z, dot(earlier, z), earlier);
        length = std::sqrt(dot(z, z));
        if (length > before / 2) break;
    }
    return length;
}

/// The length of A's image of the Ritz vector: right to the square of the vector's error.
template <class T>
double rayleigh_quotient(const GramProduct<T>& gram, const Krylov& krylov, const Eigenpair& ritz) {
    std::vector<double> y(krylov.basis.front().size(), 0.0);
    for (std::size_t k = 0; k < krylov.basis.size(); ++k) subtract(y, -ritz.vector[k], krylov.basis[k]);
    return std::sqrt(gram.squared_image(y) / dot(y, y));
}

template <class T>
double largest_singular_value(GramProduct<T>& gram, Index columns) {
    const auto size = static_cast<std::size_t>(columns);
    Krylov krylov{{start_vector(size)}, {}};
    std::vector<double> z;
    while (true) {
        gram.multiply(krylov.basis.back(), z);
        const double beta = krylov.orthogonalize(z);
        const std::size_t steps = krylov.basis.size();
        const bool whole_space = steps == size;
        const double enough = kTolerance<T> * krylov.projected.diagonal.front();  // for any Ritz vector
        if (whole_space || beta <= enough || steps >= kFirstCheck) {
            const Eigenpair ritz = largest_eigenpair(krylov.projected);
            const bool converged = beta * ritz.vector.back() <= kTolerance<T> * ritz.value;
            if (whole_space || converged) return rayleigh_quotient(gram, krylov, ritz);
        }
        krylov.projected.beside.push_back(beta);
        for (double& entry : z) entry /= beta;
        krylov.basis.push_back(z);
    }
}

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
    return largest_singular_value(gram, a.cols()) / scale;
}

template double spectral_norm(const Matrix<float>&);
template double spectral_norm(const Matrix<double>&);

}  // namespace bnrun
