#include "nn/layers/activation.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "support/layers.h"

namespace bnrun {
namespace {

double activated(Activation activation, double x) {
    double y = x;
    activate(activation, &y, &y, 1);
    return y;
}

/// d, times the derivative where the output, or the input, is `from`.
double slope(Activation activation, double from, double d = 1) {
    multiply_by_derivative(activation, &from, &d, 1);
    return d;
}

TEST(Activation, WorkedByHand) {
    EXPECT_DOUBLE_EQ(activated(Activation::kSigmoid, std::log(3)), 0.75);
    EXPECT_DOUBLE_EQ(activated(Activation::kTanh, std::log(2)), 0.6);
    EXPECT_NEAR(activated(Activation::kTanhOpt, 1), 1, 1e-4);  // as it is made to
    EXPECT_DOUBLE_EQ(activated(Activation::kTanhOpt, 1.5 * std::log(2)), 1.7159 * 0.6);
    EXPECT_EQ(activated(Activation::kRelu, -2), 0);
    EXPECT_EQ(activated(Activation::kRelu, 2), 2);
    EXPECT_DOUBLE_EQ(activated(Activation::kLeakyRelu, -2), -0.02);
    EXPECT_EQ(activated(Activation::kLeakyRelu, 2), 2);
    EXPECT_EQ(activated(Activation::kLinear, -2), -2);
    EXPECT_DOUBLE_EQ(activated(Activation::kElu, -std::log(4)), -0.75);
    EXPECT_EQ(activated(Activation::kElu, 2), 2);
    EXPECT_DOUBLE_EQ(activated(Activation::kGelu, 1), 0.84134474606854294859);
    EXPECT_DOUBLE_EQ(activated(Activation::kGelu, -2), -2 * 0.022750131948179207200);
    EXPECT_DOUBLE_EQ(activated(Activation::kSilu, std::log(3)), 0.75 * std::log(3));
    EXPECT_DOUBLE_EQ(activated(Activation::kSilu, -std::log(3)), -0.25 * std::log(3));
    EXPECT_DOUBLE_EQ(activated(Activation::kSoftplus, std::log(3)), std::log(4));
    EXPECT_DOUBLE_EQ(activated(Activation::kSoftplus, 0), std::log(2));
}

TEST(Activation, DerivativesWorkedByHand) {
    EXPECT_DOUBLE_EQ(slope(Activation::kSigmoid, 0.75, 3), 3 * 0.1875);
    EXPECT_DOUBLE_EQ(slope(Activation::kTanh, 0.6, 3), 3 * 0.64);
    EXPECT_DOUBLE_EQ(slope(Activation::kTanhOpt, 1.7159 * 0.6, 3), 3 * 1.7159 * 2 / 3 * 0.64);
    EXPECT_EQ(slope(Activation::kRelu, 0, 3), 0);
    EXPECT_EQ(slope(Activation::kRelu, 2, 3), 3);
    EXPECT_DOUBLE_EQ(slope(Activation::kLeakyRelu, 0, 3), 0.03);
    EXPECT_EQ(slope(Activation::kLeakyRelu, 2, 3), 3);
    EXPECT_EQ(slope(Activation::kLinear, 2, 3), 3);
    EXPECT_DOUBLE_EQ(slope(Activation::kElu, -0.75, 3), 0.75);
    EXPECT_EQ(slope(Activation::kElu, 2, 3), 3);
    EXPECT_DOUBLE_EQ(slope(Activation::kSoftplus, std::log(4), 3), 3 * 0.75);
    // These take the input.
    EXPECT_EQ(slope(Activation::kGelu, 0, 3), 1.5);
    EXPECT_DOUBLE_EQ(slope(Activation::kGelu, 1, 3), 3 * (0.84134474606854294859 + 0.24197072451914334980));
    EXPECT_EQ(slope(Activation::kSilu, 0, 3), 1.5);
    EXPECT_DOUBLE_EQ(slope(Activation::kSilu, std::log(3), 3), 3 * (0.75 + std::log(3) * 0.1875));
}

/// What act and act' come to far from 0, where x is as large as a number can be.
struct Limits {
    Activation activation;
    double below;  ///< act(-infinity)
    double slope_below;
    double slope_above;
};

template <class T>
void expect_limits(const Limits& limits) {
    const char* const name = kActivationNames[static_cast<std::size_t>(limits.activation)].data();
    for (const T size : {T(100), T(1e4), T(1e30), std::numeric_limits<T>::max(), std::numeric_limits<T>::infinity()}) {
        for (const T x : {-8 * size, 8 * size}) {
            T y = x;
            activate(limits.activation, &x, &y, 1);
            const T from = derivative_takes_input(limits.activation) ? x : y;
            T d = 1;
            multiply_by_derivative(limits.activation, &from, &d, 1);
            if (x < 0) {
                EXPECT_NEAR(static_cast<double>(y), limits.below, 1e-35) << name << " " << x;
                EXPECT_NEAR(static_cast<double>(d), limits.slope_below, 1e-35) << name << " " << x;
            } else {
                EXPECT_EQ(y, x) << name;
                EXPECT_EQ(d, limits.slope_above) << name << " " << x;
            }
        }
    }
}

TEST(Activation, HasItsLimitsFarFromZero) {
    for (const Limits& limits :
         {Limits{Activation::kElu, -1, 0, 1}, Limits{Activation::kGelu, 0, 0, 1}, Limits{Activation::kSilu, 0, 0, 1},
          Limits{Activation::kSoftplus, 0, 0, 1}, Limits{Activation::kRelu, 0, 0, 1}}) {
        expect_limits<float>(limits);
        expect_limits<double>(limits);
        expect_limits<long double>(limits);
    }
}

TEST(Activation, KeepsThePlacesOfSmallResults) {
    for (const float x : {-80.0F, -20.0F, -1e-3F}) {
        float y = x;
        activate(Activation::kSoftplus, &x, &y, 1);
        EXPECT_NEAR(y / std::log1p(std::exp(static_cast<double>(x))), 1, 1e-6) << x;
        float d = 1;
        multiply_by_derivative(Activation::kSoftplus, &y, &d, 1);
        EXPECT_NEAR(d * (1 + std::exp(-static_cast<double>(x))), 1, 1e-6) << x;
    }
    for (const float x : {-9.0F, -5.0F, -1e-30F}) {
        float y = x;
        activate(Activation::kGelu, &x, &y, 1);
        EXPECT_NEAR(y / (x * std::erfc(-x / std::sqrt(2.0)) / 2), 1, 1e-5) << x;
        activate(Activation::kSilu, &x, &y, 1);
        EXPECT_NEAR(y * (1 + std::exp(-static_cast<double>(x))) / x, 1, 1e-6) << x;
    }
    for (const float x : {-1e-30F, -1e-3F, -0.3F}) {
        float y = x;
        activate(Activation::kElu, &x, &y, 1);
        EXPECT_NEAR(y / std::expm1(static_cast<double>(x)), 1, 1e-6) << x;
    }
}

TEST(Activation, LeavesItsInputWhereTheDerivativeTakesIt) {
    for (const Activation activation : {Activation::kGelu, Activation::kSilu}) {
        ActivationLayer<double> layer(2, activation);
        EXPECT_FALSE(layer.works_in_place());
        EXPECT_FALSE(layer.keeps_output());
        LayerRun<double> run(layer);
        const Matrix<double> x = normal_matrix(2, 40, 0, 2);
        run.forward(x);
        const Matrix<double> d = run.backward(Matrix<double>::Ones(2, 40));
        for (Index i = 0; i < x.size(); ++i) EXPECT_EQ(d.data()[i], slope(activation, x.data()[i])) << i;
    }
    const ActivationLayer<double> elu(2, Activation::kElu);
    EXPECT_TRUE(elu.works_in_place());
    EXPECT_TRUE(elu.keeps_output());
}

TEST(Activation, DerivativesMatchCentralDifferences) {
    constexpr double kStep = 1e-6;
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        for (const Index samples : batch_sizes()) {
            const Matrix<double> x = normal_matrix(4, samples, 0.1, 1.5);
            ActivationLayer<double> layer(4, static_cast<Activation>(a));
            LayerRun<double> run(layer);
            run.in_place = samples % 2 == 0;
            const Matrix<double> above = run.forward(x.array() + kStep);
            const Matrix<double> below = run.forward(x.array() - kStep);
            run.forward(x);
            const Matrix<double> d = run.backward(Matrix<double>::Ones(4, samples));
            const Matrix<double> difference = (above - below) / (2 * kStep);
            EXPECT_LT(distance(d, difference), 1e-8) << kActivationNames[a] << " " << samples;
        }
    }
}

TEST(Activation, TheGradientIsScaledByTheDerivative) {
    const Matrix<double> x = normal_matrix(3, 25, 0, 1, 1);
    const Matrix<double> dy = normal_matrix(3, 25, 0, 1, 2);
    ActivationLayer<double> layer(3, Activation::kTanh);
    LayerRun<double> run(layer);
    const Matrix<double> y = run.forward(x);
    EXPECT_LT(distance(run.backward(dy), dy.array() * (1 - y.array().square())), 1e-15);
}

TEST(Activation, IsTheSameInPlaceAndApartAndInEveryMode) {
    const Matrix<float> x = normal_matrix(5, 60, 0, 3).cast<float>();
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        ActivationLayer<float> layer(5, static_cast<Activation>(a));
        LayerRun<float> run(layer);
        const Matrix<float> y = run.forward(x);
        run.in_place = false;
        EXPECT_TRUE(same_bits(run.forward(x), y)) << kActivationNames[a];
        for (const Mode mode : {Mode::kStatistics, Mode::kInference}) {
            run.batch.mode = mode;
            EXPECT_TRUE(same_bits(run.forward(x), y)) << kActivationNames[a];
        }
    }
}

TEST(Activation, OfManyValuesIsThatOfEachAlone) {
    const Matrix<double> x = normal_matrix(1, 45, 0, 2);
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        Matrix<double> y(1, 45);
        activate(static_cast<Activation>(a), x.data(), y.data(), 45);
        for (Index i = 0; i < 45; ++i) EXPECT_EQ(y(i), activated(static_cast<Activation>(a), x(i))) << i;
    }
}

TEST(Activation, LetsNotANumberThrough) {
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        for (const Index count : {3, 45}) {
            Matrix<float> x = Matrix<float>::Constant(1, count, std::nanf(""));
            activate(static_cast<Activation>(a), x.data(), x.data(), count);
            for (Index i = 0; i < count; ++i) EXPECT_TRUE(std::isnan(x(i))) << kActivationNames[a] << " " << i;
            if (!derivative_takes_input(static_cast<Activation>(a))) continue;
            Matrix<float> d = Matrix<float>::Ones(1, count);
            multiply_by_derivative(static_cast<Activation>(a), x.data(), d.data(), count);
            for (Index i = 0; i < count; ++i) EXPECT_TRUE(std::isnan(d(i))) << kActivationNames[a] << " " << i;
        }
    }
}

TEST(Activation, WorksOnTheGivenPanelsOnly) {
    ActivationLayer<double> layer(3, Activation::kRelu);
    Panels<double> x(Matrix<double>::Constant(3, 40, -1));
    layer.begin_batch({Mode::kTrain, 0, 0, 40});
    layer.forward(x, {1, 2}, x);
    Matrix<double> expected = Matrix<double>::Constant(3, 40, -1);
    expected.middleCols(16, 16).setZero();
    EXPECT_EQ(to_matrix(x), expected);
    Panels<double> d(Matrix<double>::Ones(3, 40));
    layer.backward(x, x, d, {1, 3}, d);
    expected.setOnes();
    expected.rightCols(24).setZero();
    EXPECT_EQ(to_matrix(d), expected);
}

TEST(Activation, TheRangeIsThatOfEverySampleAndOfNothingBeside) {
    for (const Index samples : batch_sizes()) {
        for (const Index units : {1, 2, 40}) {
            ActivationLayer<double> layer(units, Activation::kTanh);
            LayerRun<double> run(layer);
            const Matrix<double> y = run.forward(normal_matrix(units, samples, 0, 1));
            const auto range = layer.activation_range();
            ASSERT_TRUE(range.has_value());
            EXPECT_EQ(range->min, y.minCoeff()) << units << " " << samples;
            EXPECT_EQ(range->max, y.maxCoeff()) << units << " " << samples;
        }
    }
}

TEST(Activation, TheRangeIsOfTheLastBatchAlone) {
    ActivationLayer<double> layer(2, Activation::kLinear);
    LayerRun<double> run(layer);
    run.forward(Matrix<double>::Constant(2, 40, 9));
    run.forward(Matrix<double>::Constant(2, 5, 3));
    EXPECT_EQ(layer.activation_range()->min, 3);
    EXPECT_EQ(layer.activation_range()->max, 3);
}

TEST(Activation, TheRangeIsNotANumberWhereAnOutputIsNone) {
    for (const Index at : {0, 20, 24}) {
        ActivationLayer<float> layer(2, Activation::kRelu);
        LayerRun<float> run(layer);
        Matrix<float> x = Matrix<float>::Ones(2, 25);
        run.forward(x);
        EXPECT_EQ(layer.activation_range()->max, 1);
        x(1, at) = std::nanf("");
        run.forward(x);
        EXPECT_TRUE(std::isnan(layer.activation_range()->min)) << at;
        EXPECT_TRUE(std::isnan(layer.activation_range()->max)) << at;
    }
}

TEST(Activation, OnlyALinearOnePassesShifts) {
    for (std::size_t a = 0; a < kActivationNames.size(); ++a) {
        const ActivationLayer<double> layer(1, static_cast<Activation>(a));
        EXPECT_EQ(layer.passes_shifts(), static_cast<Activation>(a) == Activation::kLinear) << kActivationNames[a];
    }
}

}  // namespace
}  // namespace bnrun
