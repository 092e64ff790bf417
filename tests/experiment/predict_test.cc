#include "experiment/predict.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "settings/json.h"
#include "support/recording_reporter.h"

namespace bnrun {
namespace {

std::vector<LayerPrediction> halving_rows() {
    std::vector<LayerPrediction> rows;
    for (const double gradient : {1.0, 2.0, 4.0, 8.0, 16.0}) rows.push_back({0.5, 0.25, gradient, ""});
    rows.front().gradient = std::nan("");
    rows.front().unknown = "data";
    rows.back().chi = std::nan("");
    return rows;
}

TEST(Predict, NormsAreRelativeToTheLastHiddenLayer) {
    EXPECT_EQ(prediction_text(halving_rows(), {}),
              "layer          q        chi     factor  depth scale    relative      ratio\n"
              "    1        0.5       0.25        0.5       0.7213        data       data\n"
              "    2        0.5       0.25        0.5       0.7213        0.25        0.5\n"
              "    3        0.5       0.25        0.5       0.7213         0.5        0.5\n"
              "    4        0.5       0.25        0.5       0.7213           1        0.5\n"
              "    5        0.5          -          -            -           2          -\n"
              "ratio from layer 2 to 4: predicted 0.5 (x2)\n");
}

TEST(Predict, WhatIsMeasuredStandsBesideIt) {
    const MeasuredGradients measured{{1, 2, 4, 10, 16}, {0.5, 0.5, 0.4, 0.625}, 5};
    EXPECT_EQ(
        prediction_text(halving_rows(), measured),
        "layer          q        chi     factor  depth scale        norm      ratio    measured      ratio    off by\n"
        "    1        0.5       0.25        0.5       0.7213        data       data           1        0.5         -\n"
        "    2        0.5       0.25        0.5       0.7213           2        0.5           2        0.5    +0.0 %\n"
        "    3        0.5       0.25        0.5       0.7213           4        0.5           4        0.4   -20.0 %\n"
        "    4        0.5       0.25        0.5       0.7213           8        0.5          10      0.625   +25.0 %\n"
        "    5        0.5          -          -            -          16          -          16\n"
        "ratio from layer 2 to 4: predicted 0.5 (x2), measured 0.4472 (x2.236), -10.6 %, 5 seeds\n");
}

TEST(Predict, ALayerBelowOneThatIsNotKnownHasNoRatio) {
    auto rows = halving_rows();
    rows[2] = {std::nan(""), std::nan(""), std::nan(""), "conv"};
    rows[1].chi = std::nan("");
    const std::string text = prediction_text(rows, {});
    EXPECT_NE(text.find("    2        0.5       conv       conv         conv        0.25       conv\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find("predicted"), std::string::npos);
}

TEST(Predict, ANetOfFewLayersHasNoFactorOfItsOwn) {
    std::vector<LayerPrediction> rows{{1, 0.5, 3, ""}, {1, 0.5, 6, ""}, {1, std::nan(""), 6, ""}};
    EXPECT_EQ(prediction_text(rows, {}).find("ratio from"), std::string::npos);
}

Config config_of(const std::string& model) {
    return parse_config(R"({"data": {"source": "synthetic", "train_samples": 600, "test_samples": 10}, "model": {)" +
                            model + "}}",
                        "some.json", {})
        .config;
}

double number_after(const std::string& text, const std::string& word) {
    return std::stod(text.substr(text.find(word) + word.size()));
}

TEST(Predict, WithoutMeasuringReadsNoData) {
    Config config = config_of("");
    config.data.source = Source::kMnist;
    config.data.dir = "/nowhere";
    RecordingReporter reporter;
    predict(config, {}, reporter);
    EXPECT_EQ(reporter.lines, "");
    EXPECT_NEAR(number_after(reporter.tables, ": predicted "), 0.2317, 1e-4);
    PredictOptions measuring;
    measuring.measure = true;
    EXPECT_THROW(predict(config, measuring, reporter), DataError);
}

// Within what 3 seeds of nets of width 200 leave: the theory is of wide ones.
TEST(Predict, AgreesWithFirstIterations) {
    for (const char* model : {R"("depth": 6)", R"("depth": 6, "batch_norm": true, "activation": "relu")",
                              R"("depth": 6, "normalization": "layer")"}) {
        RecordingReporter reporter;
        predict(config_of(model), {true, 3, 2}, reporter);
        const double predicted = number_after(reporter.tables, ": predicted ");
        EXPECT_NEAR(number_after(reporter.tables, ", measured ") / predicted, 1, 0.05) << reporter.tables;
        EXPECT_NE(reporter.tables.find("3 seeds\n"), std::string::npos);
        EXPECT_EQ(reporter.tables.find("data"), std::string::npos) << "with data, the first layer is known";
    }
}

}  // namespace
}  // namespace bnrun
