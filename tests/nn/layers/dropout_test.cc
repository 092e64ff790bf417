#include "nn/layers/dropout.h"

#include <gtest/gtest.h>

#include <set>

#include "support/layers.h"

namespace bnrun {
namespace {

Matrix<double> mask_at(const DropoutPlace& place, double rate = 0.5, Index samples = 64, Index units = 4) {
    Panels<double> mask;
    mask.resize(units, samples);
    for (Index p = 0; p < mask.panels(); ++p) draw_dropout_mask(place, rate, mask, p);
    return to_matrix(mask);
}

TEST(Dropout, MaskKeepsTheRightShareScaledAndDoesNotDependOnTheOrderOfPanels) {
    const DropoutPlace place{1, 2, 3};
    const Matrix<double> whole = mask_at(place, 0.3, 203, 40);
    Panels<double> parts;
    parts.resize(40, 203);
    for (Index p = parts.panels(); p-- > 0;) draw_dropout_mask(place, 0.3, parts, p);
    EXPECT_EQ(whole, to_matrix(parts));
    EXPECT_NEAR((whole.array() > 0).cast<double>().mean(), 0.7, 0.02);
    EXPECT_DOUBLE_EQ(whole.maxCoeff(), 1 / 0.7);
    EXPECT_NE(whole, mask_at({1, 3, 3}, 0.3, 203, 40));
}

TEST(Dropout, MaskIsAnotherOneForEachSeedStepLayerAndUnit) {
    constexpr std::uint64_t kHigh = std::uint64_t{1} << 32;
    std::set<std::vector<double>> seen;
    const std::vector<DropoutPlace> places{{1, 1, 0}, {2, 1, 0},         {1 + kHigh, 1, 0},
                                           {1, 2, 0}, {1, 1 + kHigh, 0}, {1, 1, 1}};
    for (const DropoutPlace& place : places) {
        const Matrix<double> mask = mask_at(place);
        for (Index unit = 0; unit < 4; ++unit) {
            const double* const row = mask.data() + unit * mask.cols();
            EXPECT_TRUE(seen.insert({row, row + mask.cols()}).second) << place.seed << " " << place.step << " " << unit;
        }
    }
    EXPECT_EQ(mask_at(places.front()), mask_at(places.front()));
}

TEST(Dropout, MaskOfASampleDoesNotDependOnHowManyComeAfterIt) {
    const Matrix<double> many = mask_at({1, 2, 3}, 0.3);
    for (Index samples = 1; samples <= 64; ++samples) {
        EXPECT_EQ(mask_at({1, 2, 3}, 0.3, samples), many.leftCols(samples)) << samples;
    }
}

/// Sixteen samples' draws are four calls of the generator, whose numbers below the rate's share of 2^32 are dropped.
TEST(Dropout, MaskIsWhatPhiloxDraws) {
    constexpr std::uint64_t kSeed = (std::uint64_t{7} << 32) + 5;
    constexpr std::uint64_t kStep = (std::uint64_t{3} << 32) + 11;
    const Matrix<double> mask = mask_at({kSeed, kStep, 2}, 0.25, 37, 3);
    for (std::uint32_t unit = 0; unit < 3; ++unit) {
        for (std::uint32_t sample = 0; sample < 37; ++sample) {
            const auto draws = philox({sample / 4, 11, (2U << 16) ^ unit, (3U << 8) | 3U}, {5, 7});
            const double expected = draws.at(sample % 4) < (1U << 30) ? 0 : 4.0 / 3;
            EXPECT_DOUBLE_EQ(mask(unit, sample), expected) << unit << " " << sample;
        }
    }
}

TEST(Dropout, MoreIsDroppedWhereTheRateIsLarger) {
    const Matrix<double> few = mask_at({1, 2, 3}, 0.1, 5000);
    EXPECT_NEAR((few.array() == 0).cast<double>().mean(), 0.1, 0.01);
    EXPECT_DOUBLE_EQ(few.maxCoeff(), 1 / 0.9);
    const Matrix<double> many = mask_at({1, 2, 3}, 0.9, 5000);
    EXPECT_NEAR((many.array() == 0).cast<double>().mean(), 0.9, 0.01);
    EXPECT_DOUBLE_EQ(many.maxCoeff(), 1 / (1 - 0.9));
}

TEST(Dropout, MultipliesByTheMaskOfItsPlaceInTrainingOnly) {
    for (const Index samples : batch_sizes()) {
        for (const bool in_place : {false, true}) {
            Dropout<double> dropout(4, 0.3, 5, Fidelity::kExact);
            LayerRun<double> run(dropout);
            run.in_place = in_place;
            run.batch = {Mode::kTrain, 8, 9};
            const Matrix<double> x = normal_matrix(4, samples, 1, 1);
            EXPECT_EQ(run.forward(x), x.cwiseProduct(mask_at({8, 9, 5}, 0.3, samples))) << samples;
            for (const Mode mode : {Mode::kStatistics, Mode::kInference}) {
                run.batch.mode = mode;
                EXPECT_EQ(run.forward(x), x) << samples;
            }
        }
    }
}

TEST(Dropout, GradientIsTheCentralDifference) {
    for (const Index samples : batch_sizes()) {
        Dropout<double> dropout(3, 0.4, 0, Fidelity::kExact);
        LayerRun<double> run(dropout);
        Matrix<double> x = normal_matrix(3, samples, 0, 1, 1);
        const Matrix<double> weights = normal_matrix(3, samples, 0, 1, 2);
        const auto loss = [&] { return run.forward(x).cwiseProduct(weights).sum(); };
        (void)loss();
        const Matrix<double> d = run.backward(weights);
        EXPECT_LT(distance(d, slopes(x, loss)), 1e-8) << samples;
    }
}

TEST(Dropout, PublishedGradientLeavesTheScaleOut) {
    for (const Fidelity fidelity : {Fidelity::kExact, Fidelity::kPublished}) {
        Dropout<double> dropout(4, 0.75, 0, fidelity);
        LayerRun<double> run(dropout);
        const Matrix<double> x = normal_matrix(4, 25, 0, 1, 1);
        const Matrix<double> d = normal_matrix(4, 25, 0, 1, 2);
        const Matrix<double> mask = mask_at({0, 0, 0}, 0.75, 25);
        EXPECT_EQ(run.forward(x), x.cwiseProduct(mask));
        EXPECT_EQ(run.backward(d), d.cwiseProduct(mask) / (fidelity == Fidelity::kExact ? 1 : 4));
        EXPECT_EQ(dropout.overwrites_kept_input(), fidelity == Fidelity::kPublished);
    }
}

}  // namespace
}  // namespace bnrun
