#include "nn/layers/dense.h"

#include <gtest/gtest.h>

#include "support/layers.h"

namespace bnrun {
namespace {

TEST(Dense, WorkedByHand) {
    Dense<double> dense(2, 1, 1);
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
        Dense<double> dense(kIn, kOut, 1);
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
        : dense(in, out, 2), x(whole_numbers<T>(in, samples, 1)), d(whole_numbers<T>(out, samples, 2)) {
        dense.weight = whole_numbers<T>(out, in, 3);
        dense.bias = whole_numbers<T>(out, 1, 4);
        for (const NamedTensor<T>& tensor : dense.tensors()) {
            tensor.gradient->setConstant(T(1000));  // of an earlier batch
            tensor.second_group->setConstant(T(1000));
        }
        z = LayerRun<T>(dense).forward(x);
        dz = poisoned_panels(d);
    }

    void sum(IndexRange panels, IndexRange rows, bool second_group, bool add) {
        dense.sum_gradients(dz, {panels, rows, second_group, add});
    }
    [[nodiscard]] Matrix<T> second_weight() { return *dense.tensors()[0].second_group; }
    [[nodiscard]] Matrix<T> second_bias() { return *dense.tensors()[1].second_group; }
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
        batch.sum({0, batch.dz.panels()}, {0, 11}, false, false);
        EXPECT_EQ(batch.dense.weight_gradient, batch.expected_weight()) << samples;
        EXPECT_EQ(batch.dense.bias_gradient, batch.expected_bias()) << samples;
    }
}

TYPED_TEST(DenseOf, TwoGroupsSumsToWhatOneDoes) {
    for (const Index samples : batch_sizes()) {
        const Index panels = (samples + 15) / 16;
        for (Index cut = 1; cut < panels; ++cut) {
            WholeNumbers<TypeParam> apart(samples);
            apart.sum({0, cut}, {4, 11}, false, false);
            apart.sum({0, cut}, {0, 4}, false, false);
            apart.sum({cut, panels}, {0, 1}, true, false);
            apart.sum({cut, panels}, {1, 11}, true, false);
            EXPECT_EQ(apart.dense.weight_gradient + apart.second_weight(), apart.expected_weight()) << samples;
            EXPECT_EQ(apart.dense.bias_gradient + apart.second_bias(), apart.expected_bias()) << samples;
            WholeNumbers<TypeParam> added(samples);
            added.sum({0, cut}, {0, 11}, false, false);
            added.sum({cut, panels}, {6, 11}, false, true);
            added.sum({cut, panels}, {0, 6}, false, true);
            EXPECT_EQ(added.dense.weight_gradient, added.expected_weight()) << samples;
            EXPECT_EQ(added.dense.bias_gradient, added.expected_bias()) << samples;
        }
    }
}

/// As a team of one thread adds the second group to the first, and a larger team adds the two.
TYPED_TEST(DenseOf, TwoGroupsIsTheSameBitsAddedEitherWay) {
    using T = TypeParam;
    const Matrix<T> x = normal_matrix(37, 60, 0, 1, 1).cast<T>();
    const Panels<T> dz = poisoned_panels(Matrix<T>(normal_matrix(13, 60, 0, 1, 2).cast<T>()));
    Dense<T> added(37, 13, 1);
    Dense<T> apart(37, 13, 2);
    for (Dense<T>* dense : {&added, &apart}) LayerRun<T>(*dense).forward(x);
    added.sum_gradients(dz, {{0, 2}, {0, 13}, false, false});
    added.sum_gradients(dz, {{2, 4}, {0, 13}, false, true});
    apart.sum_gradients(dz, {{0, 2}, {0, 13}, false, false});
    apart.sum_gradients(dz, {{2, 4}, {0, 13}, true, false});
    for (const NamedTensor<T>& tensor : apart.tensors()) *tensor.gradient += *tensor.second_group;
    EXPECT_TRUE(same_bits(added.weight_gradient, apart.weight_gradient));
    EXPECT_TRUE(same_bits(added.bias_gradient, apart.bias_gradient));
}

TEST(Dense, WorksOnTheGivenRowsAndPanelsOnly) {
    Dense<double> dense(2, 3, 2);
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
    dense.sum_gradients(dz, {{1, 3}, {1, 2}, false, false});
    EXPECT_EQ(dense.weight_gradient, (Matrix<double>(3, 2) << 7, 7, 24, 24, 7, 7).finished());
    EXPECT_EQ(dense.bias_gradient, (Matrix<double>(3, 1) << 7, 24, 7).finished());
    Panels<double> dx(Matrix<double>::Constant(2, 40, 7));
    dense.backward(z, dz, {2, 3}, dx);
    expected = Matrix<double>::Constant(2, 40, 7);
    expected.rightCols(8).setConstant(3);
    EXPECT_EQ(to_matrix(dx), expected);
}

TEST(Dense, AnInertBiasHasExactlyNoGradient) {
    WholeNumbers<float> batch(60);
    batch.dense.make_shift_inert();
    batch.sum({0, 2}, {0, 11}, false, false);
    batch.sum({2, 4}, {0, 11}, false, true);
    batch.sum({2, 4}, {0, 11}, true, false);
    EXPECT_EQ(batch.dense.bias_gradient, Matrix<float>::Zero(11, 1));
    EXPECT_EQ(batch.second_bias(), Matrix<float>::Zero(11, 1));
    EXPECT_EQ(batch.dense.weight_gradient, batch.expected_weight());
    EXPECT_NE(batch.expected_bias(), Matrix<float>::Zero(11, 1));
}

TEST(Dense, GivesTheSameInEveryMode) {
    Dense<double> dense(5, 4, 1);
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

TEST(Dense, TensorsAreAWeightAndABiasWithASecondGroupWhereOneIsAskedFor) {
    for (const int groups : {1, 2}) {
        Dense<float> dense(3, 5, groups);
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
            ASSERT_EQ(tensor.second_group != nullptr, groups == 2);
            EXPECT_EQ(groups == 2 ? tensor.second_group->size() : tensor.value->size(), tensor.value->size());
        }
    }
}

}  // namespace
}  // namespace bnrun
