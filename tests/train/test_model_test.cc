#include "train/test_model.h"

#include "base/error.h"
#include "support/scratch.h"
#include "support/small_training.h"

namespace bnrun {
namespace {

class TestModelTest : public testing::Test {
  protected:
    TestModelTest() { model = train(config, dataset, {}, team, records).model; }

    void refuse(std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { test_model(config, dataset, model, team); }, texts);
    }

    Config config = small_config();
    Dataset dataset = make_dataset(205);
    ThreadTeam team{2};
    Records records;
    TensorMap model;
};

TEST_F(TestModelTest, GivesTheErrorsOfTrainingsOwnEvaluation) {
    for (const Preprocess preprocess : {Preprocess::kNone, Preprocess::kZscore, Preprocess::kZca}) {
        for (const auto& [precision, fidelity] :
             {std::pair{Precision::kFloat32, Fidelity::kPublished}, std::pair{Precision::kFloat64, Fidelity::kExact}}) {
            config.precision = precision;
            config.fidelity = fidelity;
            config.data.preprocess = preprocess;
            config.model.dropout = 0.2;
            records = {};
            model = train(config, dataset, {}, team, records).model;
            const EpochRecord& last = records.epochs.back();
            for (const int threads : {1, 3}) {
                ThreadTeam others(threads, threads);
                const TestResult test = test_model(config, dataset, model, others);
                EXPECT_EQ(test.loss, last.test_loss);
                EXPECT_EQ(test.error, last.test_error);
                EXPECT_EQ(test.wrong, last.test_wrong);
                EXPECT_EQ(test.samples, last.test_samples);
            }
        }
    }
}

TEST_F(TestModelTest, PredictsTheClassOfEachTestSample) {
    const TestResult test = test_model(config, dataset, model, team);
    ASSERT_EQ(test.predictions.size(), 40U);
    std::int64_t wrong = 0;
    for (std::size_t i = 0; i < 40; ++i) wrong += test.predictions[i] == dataset.test.labels[i] ? 0 : 1;
    EXPECT_EQ(test.wrong, wrong);
    EXPECT_DOUBLE_EQ(test.error, static_cast<double>(wrong) / 40);
    EXPECT_LT(test.error, 0.05);
}

TEST_F(TestModelTest, DependsOnTheModelGiven) {
    const double loss = test_model(config, dataset, model, team).loss;
    for (const char* name : {"layers.0.weight", "layers.1.gamma", "layers.1.variance", "layers.0.mean"}) {
        const Tensor kept = model.at(name);
        for (double& value : model[name].values) value = value * 1.5 + 0.1;
        EXPECT_NE(test_model(config, dataset, model, team).loss, loss) << name;
        model[name] = kept;
    }
    EXPECT_EQ(test_model(config, dataset, model, team).loss, loss);
}

TEST_F(TestModelTest, RefusesAModelThatDoesNotFit) {
    const TensorMap whole = model;
    for (const auto& [name, tensor] : whole) {
        model.erase(name);
        refuse({"model.safetensors: no tensor", ("\"" + name + "\"").c_str()});
        model = whole;
    }
    model["layers.0.weight"].shape = {8, 7};
    refuse({"model.safetensors: tensor \"layers.0.weight\" has shape [8, 7]", "[8, 6]"});
    model = whole;
    model["layers.3.bias"] = model["layers.2.bias"];
    refuse({"model.safetensors: tensor \"layers.3.bias\" has no place"});
    model = whole;
    config.model.normalization.kind = Normalization::kNone;
    refuse({"model.safetensors: tensor \"layers.0.beta\" has no place"});
}

}  // namespace
}  // namespace bnrun
