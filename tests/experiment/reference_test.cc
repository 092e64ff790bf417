// Every figure of the independent programs in tests/golden/reference, to 1e-9 relative in float64.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "data/load_dataset.h"
#include "files/safetensors.h"
#include "settings/json.h"
#include "train/test_model.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

using Json = nlohmann::json;
const std::string kReference = std::string(BNRUN_SOURCE_DIR) + "/tests/golden/reference/";

struct Records : TrainingListener {
    std::vector<IterationRecord> iterations;
    void on_iteration(const IterationRecord& record) override { iterations.push_back(record); }
    void on_epoch(const EpochRecord&) override {}
    bool stop_requested() override { return false; }
};

void expect_close(double ours, double theirs, double relative, const std::string& what) {
    EXPECT_NEAR(ours, theirs, std::max(relative * std::abs(theirs), 1e-12)) << what;
}

void expect_all_close(const std::vector<double>& ours, const Json& theirs, double relative, const std::string& what) {
    ASSERT_EQ(ours.size(), theirs.size()) << what;
    for (std::size_t i = 0; i < ours.size(); ++i) {
        expect_close(ours[i], theirs[i].get<double>(), relative, what + " " + std::to_string(i));
    }
}

class Reference : public testing::TestWithParam<const char*> {
  protected:
    void run(const std::string& precision) {
        train_case(precision);
        ASSERT_EQ(records.iterations.size(), expected["gradient_norms"].size());
    }

    void train_case(const std::string& precision) {
        const std::string name = GetParam();
        expected = Json::parse(std::ifstream(kReference + "cases/" + name + "/expected.json"));
        const std::string data = kReference + "data/" + expected["data"].get<std::string>();
        const std::string own = kReference + "cases/" + name + "/initial.safetensors";
        const std::string initial = std::filesystem::exists(own) ? own : data + "/initial.safetensors";
        config = read_config(kReference + "cases/" + name + "/config.json",
                             {{"data.dir", data}, {"model.init.from", initial}, {"precision", precision}})
                     .config;
        dataset = load_dataset(config);
        result = train(config, dataset, read_safetensors(initial).tensors, team, records);
        ASSERT_EQ(result.outcome, Outcome::kDone);
    }

    void expect_iteration(std::size_t i, double relative) {
        const IterationRecord& record = records.iterations[i];
        const std::string at = " at iteration " + std::to_string(i);
        expect_close(record.loss, expected["loss"][i].get<double>(), relative, "loss" + at);
        expect_all_close(record.gradient_norms, expected["gradient_norms"][i], relative, "norm" + at);
        expect_all_close(record.activation_max, expected["activation_max"][i], relative, "max" + at);
        expect_all_close(record.activation_min, expected["activation_min"][i], relative, "min" + at);
    }

    Json expected;
    Config config;
    Dataset dataset;
    ThreadTeam team{2};
    Records records;
    TrainResult result;
};

TEST_P(Reference, AgreesToNineDigits) {
    run("float64");
    for (std::size_t i = 0; i < records.iterations.size(); ++i) expect_iteration(i, 1e-9);
    for (const char* kind : {"gamma", "beta"}) {
        const std::string key = std::string("final_") + kind;
        for (std::size_t l = 0; expected.contains(key) && l < expected[key].size(); ++l) {
            const std::string tensor = "layers." + std::to_string(l) + "." + kind;
            expect_all_close(result.model.at(tensor).values, expected[key][l], 1e-9, tensor);
        }
    }
    const Json all_parameters = expected.value("final", Json::object());
    for (const auto& [tensor, values] : all_parameters.items()) {
        expect_all_close(result.model.at(tensor).values, values, 1e-9, tensor);
    }
    const TestResult test = test_model(config, dataset, result.model, team);
    EXPECT_EQ(Json(test.predictions), expected["test_predictions"]);
    expect_close(test.error, expected["test_error"].get<double>(), 1e-9, "test error");
}

TEST_P(Reference, Float32AgreesOverTheFirstIterations) {
    run("float32");
    for (std::size_t i = 0; i < 5; ++i) expect_iteration(i, 2e-3);
}

/// Quantities that need passes of their own, by automatic differentiation.
class ReferenceObserve : public Reference {
  protected:
    /// Of the whole net (layer 0), or of each layer from the first on.
    [[nodiscard]] static std::vector<double> values_of(const IterationRecord& record, const std::string& quantity) {
        std::vector<double> values;
        for (const LayerValue& value : record.layer_values) {
            if (value.quantity == quantity) values.push_back(value.value);
        }
        return values;
    }
};

TEST_P(ReferenceObserve, AgreesWithAutomaticDifferentiation) {
    train_case("float64");
    const Json& theirs = expected["iterations"];
    ASSERT_GE(records.iterations.size(), theirs.size());
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        expect_close(records.iterations[i].loss, theirs[i]["loss"].get<double>(), 1e-9, "loss");
        for (const auto& [quantity, values] : theirs[i].items()) {
            if (quantity == "loss") continue;
            const double relative = quantity == "curvature" ? 1e-6 : quantity == "covariate_cosine" ? 1e-12 : 1e-9;
            const Json list = values.is_array() ? values : Json::array({values});
            expect_all_close(values_of(records.iterations[i], quantity), list, relative,
                             quantity + " at iteration " + std::to_string(i));
        }
        const std::vector<double> curvature = values_of(records.iterations[i], "curvature");
        std::vector<double> rates;
        for (const double value : curvature) {
            if (value > 0) rates.push_back(2 / value);
        }
        EXPECT_EQ(values_of(records.iterations[i], "stable_rate"), rates);
    }
}

INSTANTIATE_TEST_SUITE_P(Cases, ReferenceObserve, testing::Values("observe_batch", "observe_plain"),
                         [](const auto& each) { return std::string(each.param); });

INSTANTIATE_TEST_SUITE_P(Cases, Reference,
                         testing::Values("a_plain", "a_bn", "b_plain", "b_bn_mse", "exact_bn", "exact_gamma2",
                                         "exact_post_relu", "conv_batch_sigmoid", "conv_lrn", "conv_relu",
                                         "conv_stride_padding_ceil", "norm_group_conv", "norm_layer", "norm_rms_weight",
                                         "residual_dense"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace bnrun
