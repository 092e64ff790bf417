#include "nn/layers/dense.h"

#include <gtest/gtest.h>

#include "math/gemm.h"
#include "support/layers.h"

namespace bnrun {
namespace {

TEST(Dense, WorkedByHand) {
    Dense<double> dense(2, 1);
    dense.weight << 2, -1;
    dense.bias << 0.5;
    Matrix<double> x(2, 3);
    x << 1, 2, 3, 4, 5, 6;
    LayerRun<double> run(dense);
    EXPECT_EQ(run.forward(x), (Matrix<double>(1, 3) << -1.5, -0.5, 0.5).finished());
    const Matrix<double> dx = run.backward((Matrix<double>(1, 3) << 1, 0, -1).finished());
    EXPECT_EQ(dx, (Matrix<double>(2, 3) << 2, 0, -2, -1, 0, 1).finished());
    EXPECT_EQ(dense.weight_gradient, (Matrix<double>(1, 2) << -2, -2).finished());
    EXPECT_EQ(dense.bias_gradient(0, 0), 0);
}

TEST(Dense, GradientsAreCentralDifferences) {
    constexpr Index kIn = 5;
    constexpr Index kOut = 4;
    for (const Index samples : batch_sizes()) {
        Dense<double> dense(kIn, kOut);
        dense.weight = normal_matrix(kOut, kIn, 0, 1, 1);
        dense.bias = normal_matrix(kOut, 1, 0, 1, 2);
        Matrix<double> x = normal_matrix(kIn, samples, 0, 1, 3);
        const Matrix<double> d = normal_matrix(kOut, samples, 0, 1, 4);
        LayerRun<double> run(dense);
        const auto loss = [&] { return run.forward(x).cwiseProduct(d).sum(); };
        (void)loss();
        const Matrix<double> dx = run.backward(d);
        EXPECT_LT(distance(dx, slopes(x, loss)), 1e-7) << samples;
        EXPECT_LT(distance(dense.weight_gradient, slopes(dense.weight, loss)), 1e-7) << samples;
        EXPECT_LT(distance(dense.bias_gradient, slopes(dense.bias, loss)), 1e-7) << samples;
    }
}

/// Small whole numbers, whose sums are exact in any order.
template <class T>
Matrix<T> whole_numbers(Index rows, Index columns, std::uint32_t number) {
    Random random(4, Stream::kCheck, number);
    Matrix<T> matrix(rows, columns);
    for (Index i = 0; i < matrix.size(); ++i) matrix.data()[i] = static_cast<T>(random.below(17)) - T(8);
    return matrix;
}

/// A batch forward through a layer, and its gradients by whole matrices.
template <class T>
struct WholeNumbers {
    explicit WholeNumbers(Index samples, Index in = 21, Index out = 11)
        : dense(in, out), x(whole_numbers<T>(in, samples, 1)), d(whole_numbers<T>(out, samples, 2)) {
        dense.weight = whole_numbers<T>(out, in, 3);
        dense.bias = whole_numbers<T>(out, 1, 4);
        for (const NamedTensor<T>& tensor : dense.tensors()) {
            tensor.gradient->setConstant(T(1000));  // of an earlier batch
        }
        z = LayerRun<T>(dense).forward(x);
        dz = poisoned_panels(d);
    }

    [[nodiscard]] Matrix<T> expected_weight() const { return d * x.transpose(); }
    [[nodiscard]] Matrix<T> expected_bias() const { return d.rowwise().sum(); }

    Dense<T> dense;
    Matrix<T> x;
    Matrix<T> d;
    Matrix<T> z;
    Panels<T> dz;
};

template <class T>
class DenseOf : public testing::Test {};
TYPED_TEST_SUITE(DenseOf, Scalars);

TYPED_TEST(DenseOf, WholeNumbersIsExact) {
    for (Index samples = 1; samples <= 70; ++samples) {
        WholeNumbers<TypeParam> batch(samples);
        const Matrix<TypeParam> product = batch.dense.weight * batch.x;
        EXPECT_EQ(batch.z, Matrix<TypeParam>(product.colwise() + batch.dense.bias.col(0))) << samples;
        batch.dense.sum_gradients(batch.dz, batch.dz, {0, 11});
        EXPECT_EQ(batch.dense.weight_gradient, batch.expected_weight()) << samples;
        EXPECT_EQ(batch.dense.bias_gradient, batch.expected_bias()) << samples;
    }
}

/// So that the bits do not depend on how many threads there are.
TYPED_TEST(DenseOf, SumsGradientsOverEachHalfOfThePanelsThenAddsTheTwoWhateverTheRows) {
    using T = TypeParam;
    for (const Index samples : batch_sizes()) {
        const Matrix<T> x = normal_matrix(37, samples, 0, 1, 1).cast<T>();
        const Panels<T> dz = poisoned_panels(Matrix<T>(normal_matrix(13, samples, 0, 1, 2).cast<T>()));
        Dense<T> dense(37, 13);
        LayerRun<T>(dense).forward(x);
        for (const IndexRange& rows : {IndexRange{4, 13}, IndexRange{0, 1}, IndexRange{1, 4}}) {
            dense.sum_gradients(dz, dz, rows);
        }
        Matrix<T> expected(13, 37);
        for (const Index half : {0, 1}) {
            const IndexRange panels = panels_of_part(samples, half, 2);
            if (panels.empty()) continue;
            multiply_over_panels_plainly(dz, Panels<T>(x.transpose()), panels, {0, 13}, half > 0, expected);
        }
        EXPECT_TRUE(same_bits(dense.weight_gradient, expected)) << samples;
        Dense<T> at_once(37, 13);
        LayerRun<T>(at_once).forward(x);
        at_once.sum_gradients(dz, dz, {0, 13});
        EXPECT_TRUE(same_bits(at_once.weight_gradient, expected)) << samples;
        EXPECT_TRUE(same_bits(at_once.bias_gradient, dense.bias_gradient)) << samples;
    }
}

TEST(Dense, WorksOnTheGivenRowsAndPanelsOnly) {
    Dense<double> dense(2, 3);
    dense.weight.setOnes();
    dense.weight_gradient.setConstant(7);
    dense.bias_gradient.setConstant(7);
    const Panels<double> x(Matrix<double>::Ones(2, 40));
    Panels<double> z(Matrix<double>::Constant(3, 40, 7));
    dense.begin_batch({Mode::kTrain, 0, 0, 40});
    dense.forward(x, {1, 2}, z);
    Matrix<double> expected = Matrix<double>::Constant(3, 40, 7);
    expected.middleCols(16, 16).setConstant(2);
    EXPECT_EQ(to_matrix(z), expected);
    dense.forward(x, {0, 3}, z);
    const Panels<double> dz(Matrix<double>::Ones(3, 40));
    dense.sum_gradients(dz, dz, {1, 2});
    EXPECT_EQ(dense.weight_gradient, (Matrix<double>(3, 2) << 7, 7, 40, 40, 7, 7).finished());
    EXPECT_EQ(dense.bias_gradient, (Matrix<double>(3, 1) << 7, 40, 7).finished());
    Panels<double> dx(Matrix<double>::Constant(2, 40, 7));
    dense.backward(z, z, dz, {2, 3}, dx);
    expected = Matrix<double>::Constant(2, 40, 7);
    expected.rightCols(8).setConstant(3);
    EXPECT_EQ(to_matrix(dx), expected);
}

TEST(Dense, AnInertBiasHasExactlyNoGradient) {
    WholeNumbers<float> batch(60);
    batch.dense.make_shift_inert();
    batch.dense.sum_gradients(batch.dz, batch.dz, {0, 11});
    EXPECT_EQ(batch.dense.bias_gradient, Matrix<float>::Zero(11, 1));
    EXPECT_EQ(batch.dense.weight_gradient, batch.expected_weight());
    EXPECT_NE(batch.expected_bias(), Matrix<float>::Zero(11, 1));
}

TEST(Dense, GivesTheSameInEveryMode) {
    Dense<double> dense(5, 4);
    dense.weight = normal_matrix(4, 5, 0, 1, 1);
    dense.bias = normal_matrix(4, 1, 0, 1, 2);
    const Matrix<double> x = normal_matrix(5, 25, 0, 1, 3);
    LayerRun<double> run(dense);
    const Matrix<double> z = run.forward(x);
    for (const Mode mode : {Mode::kStatistics, Mode::kInference}) {
        run.batch.mode = mode;
        EXPECT_EQ(run.forward(x), z);
    }
}

TEST(Dense, TensorsAreAWeightAndABias) {
    Dense<float> dense(3, 5);
    const auto tensors = dense.tensors();
    ASSERT_EQ(tensors.size(), 2U);
    EXPECT_EQ(tensors[0].name, "weight");
    EXPECT_EQ(tensors[1].name, "bias");
    for (const NamedTensor<float>& tensor : tensors) {
        EXPECT_EQ(tensor.is_weight, tensor.name == "weight");
        EXPECT_TRUE(tensor.learned);
        EXPECT_EQ(tensor.value->rows(), 5);
        EXPECT_EQ(tensor.value->cols(), tensor.is_weight ? 3 : 1);
        EXPECT_EQ(tensor.gradient->size(), tensor.value->size());
    }
}

}  // namespace
}  // namespace bnrun
