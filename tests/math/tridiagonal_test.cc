#include "math/tridiagonal.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "math/matrix.h"
#include "math/random.h"

namespace bnrun {
namespace {

void expect_right(const Tridiagonal& t, const char* what) {
    const auto n = static_cast<Index>(t.diagonal.size());
    Eigen::MatrixXd full = Eigen::MatrixXd::Zero(n, n);
    for (Index i = 0; i < n; ++i) {
        full(i, i) = t.diagonal[static_cast<std::size_t>(i)];
        if (i + 1 < n) full(i, i + 1) = full(i + 1, i) = t.beside[static_cast<std::size_t>(i)];
    }
    const double expected = Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(full).eigenvalues()[n - 1];
    const Eigenpair pair = largest_eigenpair(t);
    EXPECT_NEAR(pair.value, expected, 1e-13 * std::abs(expected)) << what;
    const Eigen::Map<const Eigen::VectorXd> vector(pair.vector.data(), n);
    EXPECT_NEAR(vector.norm(), 1, 1e-14) << what;
    EXPECT_GE(vector.minCoeff(), 0) << what;
    EXPECT_LT((full * vector - pair.value * vector).norm(), 1e-13 * std::abs(expected) * static_cast<double>(n))
        << what;
}

TEST(Tridiagonal, LargestEigenpairIsTheFullSolvers) {
    Random random(5, Stream::kCheck);
    for (const std::size_t n : {1U, 2U, 3U, 7U, 20U, 60U}) {
        for (int repeat = 0; repeat < 20; ++repeat) {
            Tridiagonal t;
            for (std::size_t i = 0; i < n; ++i) {
                t.diagonal.push_back(10 * random.uniform());
                t.beside.push_back(random.uniform() + 1e-3);
            }
            expect_right(t, "random");
        }
    }
}

TEST(Tridiagonal, HoldsForTinyCouplingsAndEqualDiagonals) {
    for (const double beside : {1e-3, 1e-7, 1e-12, 1e-16}) {
        expect_right({std::vector<double>(12, 1.0), std::vector<double>(12, beside)}, "equal");
        expect_right({{3, 2.9999999, 1, 0.5, 1e-9}, std::vector<double>(5, beside)}, "falling");
        expect_right({{1e-9, 0.5, 1, 3, 2.9999999}, std::vector<double>(5, beside)}, "rising");
    }
}

}  // namespace
}  // namespace bnrun
