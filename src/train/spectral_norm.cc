#include "train/spectral_norm.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "base/random.h"
#include "nn/lane_sum.h"

namespace bnrun {

namespace {

template <class T>
constexpr double kTolerance = sizeof(T) == sizeof(float) ? 1e-6 : 1e-10;

/// The largest magnitude; NaN where there is one.
template <class T>
double largest_magnitude(const Matrix<T>& a) {
    double largest = 0;
    for (Index i = 0; i < a.size(); ++i) {
        const double magnitude = std::abs(static_cast<double>(a.data()[i]));
        if (!(magnitude <= largest)) largest = magnitude;
        if (std::isnan(largest)) break;
    }
    return largest;
}

double dot(const std::vector<double>& a, const std::vector<double>& b) {
    return lane_sum<double>(static_cast<Index>(a.size()),
                            [&](Index i) { return a[static_cast<std::size_t>(i)] * b[static_cast<std::size_t>(i)]; });
}

void subtract(std::vector<double>& z, double factor, const std::vector<double>& v) {
    for (std::size_t i = 0; i < z.size(); ++i) z[i] -= factor * v[i];
}

/// scale^2 A^T A v, in one pass over A; scale is a power of two that keeps small gradients from underflow.
template <class T>
std::vector<double> gram_product(const Matrix<T>& a, const std::vector<double>& v, T scale) {
    const std::vector<T> x(v.begin(), v.end());
    std::vector<T> sum(x.size(), T(0));
    for (Index r = 0; r < a.rows(); ++r) {
        const T* row = a.data() + r * a.cols();
        const T along = lane_sum<T>(a.cols(), [&](Index i) { return scale * row[i] * x[static_cast<std::size_t>(i)]; });
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += along * (scale * row[i]);
    }
    return {sum.begin(), sum.end()};
}

/// |A y| / |y| in float64.
template <class T>
double rayleigh_quotient(const Matrix<T>& a, const std::vector<double>& y, double scale) {
    double squares = 0;
    for (Index r = 0; r < a.rows(); ++r) {
        const T* row = a.data() + r * a.cols();
        const double along = lane_sum<double>(
            a.cols(), [&](Index i) { return scale * static_cast<double>(row[i]) * y[static_cast<std::size_t>(i)]; });
        squares += along * along;
    }
    return std::sqrt(squares / dot(y, y)) / scale;
}

/// The tridiagonal matrix that Lanczos builds, and its largest eigenpair.
struct Tridiagonal {
    std::vector<double> diagonal;
    std::vector<double> beside;  ///< beside[k] couples k and k + 1; the last couples to what is not yet there

    [[nodiscard]] Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solve() const {
        const auto size = static_cast<Index>(diagonal.size());
        Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver;
        solver.computeFromTridiagonal(Eigen::Map<const Eigen::VectorXd>(diagonal.data(), size),
                                      Eigen::Map<const Eigen::VectorXd>(beside.data(), size - 1));
        return solver;
    }
};

bool is_checked(Index step) { return step >= 4 && (step <= 12 ? step % 2 == 0 : step % 4 == 0); }

}  // namespace

template <class T>
double spectral_norm(const Matrix<T>& a) {
    const double largest = largest_magnitude(a);
    if (largest == 0 || !std::isfinite(largest)) return largest;
    constexpr int kMostExponent = sizeof(T) == sizeof(float) ? 120 : 1000;
    const double scale = std::ldexp(1.0, std::clamp(-std::ilogb(largest), -kMostExponent, kMostExponent));
    const auto columns = static_cast<std::size_t>(a.cols());
    std::vector<double> v(columns);
    Random random(0, Stream::kSpectralStart);
    for (double& entry : v) entry = random.normal();
    const double length = std::sqrt(dot(v, v));
    for (double& entry : v) entry /= length;

    std::vector<std::vector<double>> basis;
    Tridiagonal tridiagonal;
    const Index most = std::min(a.rows(), a.cols()) + 1;
    for (Index step = 1;; ++step) {
        basis.push_back(v);
        std::vector<double> z = gram_product(a, v, static_cast<T>(scale));
        tridiagonal.diagonal.push_back(dot(v, z));
        for (int twice = 0; twice < 2; ++twice) {
            for (const auto& earlier : basis) subtract(z, dot(earlier, z), earlier);
        }
        const double beta = std::sqrt(dot(z, z));
        tridiagonal.beside.push_back(beta);
        const bool exhausted = step == std::min<Index>(most, a.cols()) ||
                               beta <= std::numeric_limits<T>::epsilon() * tridiagonal.diagonal.front();
        if (exhausted || is_checked(step)) {
            const auto solver = tridiagonal.solve();
            const Eigen::VectorXd ritz = solver.eigenvectors().col(step - 1);
            const double residual = beta * std::abs(ritz[step - 1]);
            if (exhausted || residual <= kTolerance<T> * solver.eigenvalues()[step - 1]) {
                std::vector<double> y(columns, 0.0);
                for (Index k = 0; k < step; ++k) subtract(y, -ritz[k], basis[static_cast<std::size_t>(k)]);
                return rayleigh_quotient(a, y, scale);
            }
        }
        for (std::size_t i = 0; i < columns; ++i) v[i] = z[i] / beta;
    }
}

template double spectral_norm(const Matrix<float>&);
template double spectral_norm(const Matrix<double>&);

}  // namespace bnrun
