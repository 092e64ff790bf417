#include "math/gram_product.h"

#include <gtest/gtest.h>

#include <cmath>

#include "math/isa.h"
#include "math/kernels.h"
#include "support/matrices.h"

namespace bnrun {
namespace {

std::vector<double> random_vector(Index size, std::uint32_t number) {
    const Matrix<double> values = normal_matrix(1, size, 0, 1, number);
    return {values.data(), values.data() + size};
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
    for (const Index rows : {1, 3, 4, 7, 8, 9, 16, 23}) {
        for (const Index columns : {1, 15, 16, 32, 40, 131}) {
            expect_plain_products<float>(rows, columns);
            expect_plain_products<double>(rows, columns);
        }
    }
}

TEST(GramProduct, IsTheSameBitsWhetherOrNotRowsAreCopied) {
    const Matrix<float> narrow = normal_matrix(9, 40, 0, 1, 1).cast<float>();
    Matrix<float> filled = Matrix<float>::Zero(9, 48);
    filled.leftCols(40) = narrow;
    const std::vector<double> v = random_vector(40, 2);
    std::vector<double> longer = v;
    longer.resize(48, 0.0);
    GramProduct<float> copied;
    GramProduct<float> in_place;
    copied.take(narrow);
    in_place.take(filled);
    std::vector<double> of_copy;
    std::vector<double> of_place;
    copied.multiply(v, of_copy);
    in_place.multiply(longer, of_place);
    of_place.resize(40);
    EXPECT_EQ(of_copy, of_place);
    EXPECT_EQ(copied.squared_image(v), in_place.squared_image(longer));
}

TEST(GramProduct, OfASmallerMatrixAfterALargerIsItsOwn) {
    GramProduct<float> used;
    used.take(normal_matrix(30, 100, 0, 9, 3).cast<float>());
    const Matrix<float> a = normal_matrix(5, 20, 0, 1, 1).cast<float>();
    const std::vector<double> v = random_vector(20, 2);
    GramProduct<float> fresh;
    EXPECT_EQ(used.take(a), fresh.take(a));
    std::vector<double> of_used;
    std::vector<double> of_fresh;
    used.multiply(v, of_used);
    fresh.multiply(v, of_fresh);
    EXPECT_EQ(of_used, of_fresh);
}

TEST(GramProduct, TakesTheLargestMagnitudeAndNotANumberWhereThereIsOne) {
    for (const Index columns : {16, 20}) {
        Matrix<double> a = normal_matrix(4, columns, 0, 1);
        GramProduct<double> gram;
        a(2, 3) = -50;
        EXPECT_EQ(gram.take(a), 50);
        a(1, columns - 1) = INFINITY;
        EXPECT_TRUE(std::isinf(gram.take(a)));
        a(3, 0) = std::nan("");
        EXPECT_TRUE(std::isnan(gram.take(a)));
    }
}

template <class T>
class GramKernels : public testing::Test {};
TYPED_TEST_SUITE(GramKernels, FastScalars);

TYPED_TEST(GramKernels, OfBothInstructionSetsAreTheSameBits) {
    using T = TypeParam;
    const std::vector<Isa> usable = usable_isas();
    if (usable.size() < 2) GTEST_SKIP() << "this processor has one instruction set alone";
    const Kernels<T> narrow_kernels = kernels_of<T>(usable[0]);
    const Kernels<T> wide_kernels = kernels_of<T>(usable[1]);
    for (Index rows = 1; rows <= 25; ++rows) {
        for (const Index step : {16, 32, 48, 144}) {
            const Matrix<T> a = normal_matrix(rows, step, 0, 1, 1).cast<T>();
            const Matrix<T> v = normal_matrix(1, step, 0, 1, 2).cast<T>();
            Matrix<T> narrow = v;
            Matrix<T> wide = v;
            narrow_kernels.add_gram_product(a.data(), rows, step, v.data(), narrow.data());
            wide_kernels.add_gram_product(a.data(), rows, step, v.data(), wide.data());
            EXPECT_TRUE(same_bits(narrow, wide)) << rows << "x" << step;
            EXPECT_FALSE(same_bits(narrow, v)) << rows << "x" << step;
            const std::vector<double> y = random_vector(step, 3);
            EXPECT_EQ(narrow_kernels.squared_image(a.data(), rows, step, y.data()),
                      wide_kernels.squared_image(a.data(), rows, step, y.data()))
                << rows << "x" << step;
        }
    }
}

}  // namespace
}  // namespace bnrun
