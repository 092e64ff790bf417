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
        ASSERT_EQ(records.iterations.size(), expected["gradient_norms"].size());
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

INSTANTIATE_TEST_SUITE_P(Cases, Reference,
                         testing::Values("a_plain", "a_bn", "b_plain", "b_bn_mse", "exact_bn", "exact_gamma2",
                                         "exact_post_relu", "conv_batch_sigmoid", "conv_lrn", "conv_relu",
                                         "conv_stride_padding_ceil", "norm_group_conv", "norm_layer", "norm_rms_weight",
                                         "residual_dense"),
                         [](const auto& each) { return std::string(each.param); });

}  // namespace
}  // namespace bnrun
