#include "nn/output_gradient.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <vector>

#include "math/functions.h"
#include "math/quadrature.h"
#include "math/random.h"

namespace bnrun {
namespace {

TEST(OutputGradient, WithoutLogitsEachClassIsAsLikely) {
    const Kernel d = output_gradient(Output::kSoftmax, {1e-14, 1e-14, 1e-14}, 10);
    EXPECT_NEAR(d.square, 0.9, 1e-6);
    EXPECT_NEAR(d.same, 0.9, 1e-6);
    EXPECT_NEAR(d.other, -0.1, 1e-6);
}

// Of two classes, p is the logistic function of the logits' difference, of twice their variance.
TEST(OutputGradient, SoftmaxOfTwoClassesIsTheLogisticFunction) {
    const Kernel logits{3, 2, 0.6};
    const Kernel d = output_gradient(Output::kSoftmax, logits, 2);
    const NormalValue difference{0, std::sqrt(6.0)};
    const auto p = [](double x) { return elementary::sigmoid(x); };
    // p . p' over both classes is 1 - p - p' + 2 p p', in the mean 2 E[p p'].
    const double square = 2 * normal_mean([&](double x) { return p(x) * p(x); }, difference);
    EXPECT_NEAR(d.square, square - 1 + 1, 1e-6);
    EXPECT_NEAR(d.same, 2 * normal_pair_mean(p, difference, 2 / 3.0) - 1 + 1, 1e-6);
    EXPECT_NEAR(d.other, 2 * normal_pair_mean(p, difference, 0.2) - 1, 1e-6);
}

/// The same kernel from random logits, to a few parts in a thousand.
Kernel drawn_gradient(Output output, double common, double own, int classes) {
    Random random(1, Stream::kCheck);
    constexpr int kDraws = 100000;
    Kernel sum;
    std::array<std::vector<double>, 2> d{std::vector<double>(10), std::vector<double>(10)};
    for (int draw = 0; draw < kDraws; ++draw) {
        const std::uint64_t first = random.below(static_cast<std::uint64_t>(classes));
        const bool is_same = draw % 2 == 0;
        const std::uint64_t second = is_same ? first : (first + 1) % static_cast<std::uint64_t>(classes);
        for (std::size_t k = 0; k < d[0].size(); ++k) {
            const double both = std::sqrt(common) * random.normal();
            for (auto& sample : d) sample[k] = both + std::sqrt(own) * random.normal();
        }
        for (std::size_t s = 0; s < 2; ++s) {
            double whole = 0;
            for (const double logit : d.at(s)) whole += std::exp(logit);
            for (std::size_t k = 0; k < d.at(s).size(); ++k) {
                double& value = d.at(s)[k];
                const double label = k == (s == 0 ? first : second) ? 1 : 0;
                const double p = output == Output::kSoftmax ? std::exp(value) / whole : 1 / (1 + std::exp(-value));
                value = (p - label) * (output == Output::kSoftmax ? 1 : p * (1 - p));
            }
        }
        for (std::size_t k = 0; k < d[0].size(); ++k) {
            sum.square += d[0][k] * d[0][k];
            (is_same ? sum.same : sum.other) += 2 * d[0][k] * d[1][k];
        }
    }
    return sum * (1.0 / kDraws);
}

TEST(OutputGradient, IsThatOfRandomLogits) {
    for (const Output output : {Output::kSoftmax, Output::kSigmoidMse}) {
        for (const double size : {0.5, 8.0}) {
            const Kernel found = output_gradient(output, Kernel{1, 0.75, 0.75} * size, 10);
            const Kernel drawn = drawn_gradient(output, 0.75 * size, 0.25 * size, 10);
            const double tolerance = 0.01 * drawn.square;
            EXPECT_NEAR(found.square, drawn.square, tolerance) << size;
            EXPECT_NEAR(found.same, drawn.same, tolerance) << size;
            EXPECT_NEAR(found.other, drawn.other, tolerance) << size;
        }
    }
}

TEST(OutputGradient, VeryLargeLogitsPickOneClass) {
    const Kernel d = output_gradient(Output::kSoftmax, {1e8, 1e8, 0}, 10);
    EXPECT_NEAR(d.square, 1.8, 0.2);
    EXPECT_NEAR(d.other, -0.1, 1e-3);
}

TEST(OutputGradient, IsUnknownWhereTheLogitsAre) {
    EXPECT_TRUE(std::isnan(output_gradient(Output::kSoftmax, {NAN, NAN, NAN}, 10).square));
    EXPECT_TRUE(std::isnan(output_gradient(Output::kSigmoidMse, {1, NAN, 1}, 10).same));
}

}  // namespace
}  // namespace bnrun
