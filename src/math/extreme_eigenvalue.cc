#include "math/extreme_eigenvalue.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "math/random.h"
#include "math/symmetric_eigen.h"

namespace bnrun {

namespace {

constexpr double kResidual = 1e-6;
constexpr Index kMostValues = 4'000'000;  ///< of a basis: 32 MB
constexpr Index kMostVectors = 60;
constexpr int kMostRounds = 10;

struct RitzPair {
    double value = 0;
    double residual = 0;
    Vector<double> coefficients;  ///< of the basis
};

/// Of the tridiagonal matrix of a basis. @param beside the last entry couples to the next vector
RitzPair largest_pair(const std::vector<double>& diagonal, const std::vector<double>& beside) {
    const auto size = static_cast<Index>(diagonal.size());
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(size, size);
    for (Index i = 0; i < size; ++i) {
        matrix(i, i) = diagonal[static_cast<std::size_t>(i)];
        if (i + 1 < size) matrix(i + 1, i) = matrix(i, i + 1) = beside[static_cast<std::size_t>(i)];
    }
    const SymmetricEigen pairs = symmetric_eigen(matrix);
    const Index at = std::abs(pairs.values(0)) > std::abs(pairs.values(size - 1)) ? 0 : size - 1;
    const Vector<double> vector = pairs.vectors.col(at);
    return {pairs.values(at), std::abs(beside.back() * vector(size - 1)), vector};
}

/// Subtracts the parts along the basis, twice: what rounding leaves of the first time goes in the second.
void orthogonalize(const Eigen::MatrixXd& basis, Index count, Vector<double>& vector) {
    for (int time = 0; time < 2; ++time) {
        for (Index i = 0; i < count; ++i) vector -= basis.col(i).dot(vector) * basis.col(i);
    }
}

}  // namespace

ExtremeEigenvalue extreme_eigenvalue(Index size, const SymmetricMap& map) {
    const Index most = std::min(size, std::clamp<Index>(kMostValues / size, 8, kMostVectors));
    Eigen::MatrixXd basis(size, most);
    Vector<double> next(size);
    Random random(0, Stream::kSpectralStart);
    for (Index i = 0; i < size; ++i) next[i] = random.normal();
    RitzPair pair;
    for (int round = 0; round < kMostRounds; ++round) {
        std::vector<double> diagonal;
        std::vector<double> beside;
        Vector<double> product(size);
        for (Index k = 0; k < most; ++k) {
            basis.col(k) = next / next.norm();
            map(basis.col(k), product);
            if (!product.allFinite()) return {std::numeric_limits<double>::quiet_NaN(), false};
            diagonal.push_back(basis.col(k).dot(product));
            next = product;
            orthogonalize(basis, k + 1, next);
            beside.push_back(next.norm());
            pair = largest_pair(diagonal, beside);
            const bool is_whole_space = k + 1 == size;
            if (is_whole_space || pair.residual <= kResidual * std::abs(pair.value)) return {pair.value, true};
        }
        next = basis * pair.coefficients;
    }
    return {pair.value, false};
}

}  // namespace bnrun
