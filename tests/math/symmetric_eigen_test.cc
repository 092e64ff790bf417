#include "math/symmetric_eigen.h"

#include <gtest/gtest.h>

#include <cmath>

namespace bnrun {
namespace {

/// Eigenvalues 2 - 2 cos(k pi / (n + 1)), k = 1 to n; above the diagonal stands what must not be read.
Eigen::MatrixXd second_difference(Index n) {
    Eigen::MatrixXd matrix = Eigen::MatrixXd::Zero(n, n);
    for (Index i = 0; i < n; ++i) {
        matrix(i, i) = 2;
        if (i > 0) matrix(i, i - 1) = -1;
        if (i > 0) matrix(i - 1, i) = 7;
    }
    return matrix;
}

TEST(SymmetricEigen, FindsTheLowerTrianglesPairsInIncreasingOrder) {
    const Index n = 9;
    const Eigen::MatrixXd matrix = second_difference(n);
    const SymmetricEigen pairs = symmetric_eigen(matrix);
    const Eigen::MatrixXd whole = matrix.selfadjointView<Eigen::Lower>();
    for (Index k = 0; k < n; ++k) {
        EXPECT_NEAR(pairs.values[k], 2 - 2 * std::cos(static_cast<double>(k + 1) * M_PI / (n + 1)), 1e-14);
        EXPECT_NEAR(pairs.vectors.col(k).norm(), 1, 1e-14);
        EXPECT_LT((whole * pairs.vectors.col(k) - pairs.values[k] * pairs.vectors.col(k)).norm(), 1e-14);
    }
    EXPECT_LT((symmetric_eigenvalues(matrix) - pairs.values).norm(), 1e-14);
}

}  // namespace
}  // namespace bnrun
