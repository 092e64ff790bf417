#include "nn/deep_sums.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "support/plans.h"

namespace bnrun {
namespace {

constexpr BatchPairs kPostsBatch{200, 10};

Kernel sums_of_net(const std::string& model) {
    const auto plan = plan_of(R"({"model": {"depth": 3, "width": 200)" + model + "}}", 200, 10);
    return deep_sums(plan[0], plan[1], kPostsBatch);
}

TEST(DeepSums, OfThePostsNetStayAsTheyAre) {
    const Kernel sums = sums_of_net("");
    EXPECT_NEAR(sums.square, 0.259, 5e-4);
    EXPECT_EQ(sums.same, sums.square);
    EXPECT_EQ(sums.other, sums.square);
}

// Of which each layer comes nearer by few parts in a hundred.
TEST(DeepSums, AreFoundNearCriticalInitialValues) {
    const Kernel sums = sums_of_net(R"(, "activation": "tanh", "init": {"gain": 1.03})");
    const double weights = 200 * 2 / 400.0 / 1.04;
    const double biases = 2 / 400.0 / 1.04;
    const double kept =
        1.03 * 1.03 * weights * activated(Activation::kTanh, {sums, 0}).kernel.square + 1.03 * 1.03 * biases;
    EXPECT_NEAR(kept / sums.square, 1, 1e-9);
}

// q = s_w^2 q / 2 + s_b^2
TEST(DeepSums, OfReluAreTheSumOfASeries) {
    const double weights = 200 * 2 / 400.0 / 1.04;
    const double biases = 2 / 400.0 / 1.04;
    EXPECT_NEAR(sums_of_net(R"(, "activation": "relu")").square / (biases / (1 - weights / 2)), 1, 1e-9);
}

TEST(DeepSums, AreOneWhereNoneStaysButZeroOrInfinity) {
    for (const char* init : {"xavier_normal", "he_normal"}) {
        for (const char* gain : {"0.5", "1", "4"}) {
            const std::string keys =
                fmt::format(R"(, "activation": "relu", "init": {{"scheme": "{}", "gain": {}}})", init, gain);
            EXPECT_NEAR(sums_of_net(keys).square, 1, 1e-9) << keys;
        }
    }
}

// Poole et al. 2016: beyond chi = 1 two samples stay apart, as far as makes their correlation stay.
TEST(DeepSums, OfAChaoticNetKeepSamplesApart) {
    const Kernel sums = sums_of_net(R"(, "activation": "tanh", "init": {"scheme": "xavier_normal", "gain": 2})");
    EXPECT_LT(sums.same, 0.5 * sums.square);
    EXPECT_EQ(sums.same, sums.other);
    const double kept = 4 * activated(Activation::kTanh, {sums, 0}).kernel.square;
    EXPECT_NEAR(kept, sums.square, 1e-8);
}

// BN makes any two samples independent, so that only the mean of relu, 1/sqrt(2 pi), is what they have in common.
TEST(DeepSums, OfBatchNormalizationHaveNoMoreInCommonThanTheMean) {
    const Kernel sums = sums_of_net(R"(, "activation": "relu", "batch_norm": true, "init": {"scheme": "he_normal"})");
    EXPECT_NEAR(sums.square, 1, 1e-8);
    EXPECT_NEAR(sums.same, 1 / std::numbers::pi, 1e-8);
}

}  // namespace
}  // namespace bnrun
