#include "train/tridiagonal.h"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "base/random.h"
#include "train/gram_product.h"

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

template <class T>
void expect_plain_products(Index rows, Index columns) {
    Random random(6, Stream::kCheck);
    Matrix<T> a(rows, columns);
    for (Index i = 0; i < a.size(); ++i) a.data()[i] = static_cast<T>(random.normal());
    std::vector<double> v(static_cast<std::size_t>(columns));
    for (double& entry : v) entry = random.normal();
    GramProduct<T> gram;
    EXPECT_EQ(gram.take(a), a.cwiseAbs().maxCoeff());
    gram.scale(T(0.25));
    std::vector<double> fast;
    std::vector<double> plain;
    gram.multiply(v, fast);
    gram.multiply_plainly(v, plain);
    EXPECT_EQ(fast, plain) << rows << "x" << columns;
    const Eigen::VectorXd x = Eigen::Map<const Eigen::VectorXd>(v.data(), columns);
    const Eigen::VectorXd image = a.template cast<double>() * x / 4;
    EXPECT_NEAR(gram.squared_image(v) / image.squaredNorm(), 1, 1e-14);
    const Eigen::VectorXd expected = a.template cast<double>().transpose() * image / 4;
    const double tolerance = sizeof(T) == sizeof(float) ? 1e-5 : 1e-13;
    EXPECT_LT((Eigen::Map<const Eigen::VectorXd>(fast.data(), columns) - expected).norm(), tolerance * expected.norm());
}

TEST(GramProduct, EqualsThePlainLoopBitForBit) {
    for (const Index rows : {1, 3, 4, 9}) {
        for (const Index columns : {1, 15, 16, 40, 131}) {
            expect_plain_products<float>(rows, columns);
            expect_plain_products<double>(rows, columns);
        }
    }
}

}  // namespace
}  // namespace bnrun
