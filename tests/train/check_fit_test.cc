#include "train/check_fit.h"

#include "base/error.h"
#include "nn/init.h"
#include "support/scratch.h"
#include "support/small_training.h"

namespace bnrun {
namespace {

class CheckFitTest : public testing::Test {
  protected:
    void fits() { EXPECT_NO_THROW(check_fit(config, dataset, initial)); }

    template <class ErrorType>
    void refuse(std::initializer_list<const char*> texts) {
        expect_error<ErrorType>([&] { check_fit(config, dataset, initial); }, texts);
    }

    Config config = small_config();
    Dataset dataset = make_dataset(205);
    TensorMap initial;
};

TEST_F(CheckFitTest, TakesWhatTrainingCanStartFrom) {
    fits();
    initial = draw_initial_values(config, 6, 2);
    fits();
    dataset = make_dataset(2);
    fits();
}

TEST_F(CheckFitTest, RefusesASingleSampleWithBatchNormalizationOnly) {
    dataset = make_dataset(1);
    refuse<ConfigError>(
        {"config: data.train_samples: a single training sample, but batch normalization needs batches "
         "of at least 2; use more samples or model.batch_norm=false"});
    config.model.normalization.kind = Normalization::kNone;
    fits();
}

TEST_F(CheckFitTest, NamesWhatAskedForASingleSample) {
    dataset = make_dataset(1);
    config.origins.give("data.train_samples", "--set data.train_samples=1");
    refuse<ConfigError>({"--set data.train_samples=1: data.train_samples: a single training sample"});
}

TEST_F(CheckFitTest, RefusesToDistortWhatIsNoImage) {
    config.data.distort.shift = 1;
    config.origins.give("data.distort", "--set data.distort={}");
    refuse<ConfigError>(
        {"--set data.distort={}: data.distort: the data's samples are no images, but vectors of 6 values"});
    dataset.shape = {1, 2, 3};
    fits();
    dataset.shape = {1, 6, 1};
    fits();
}

TEST_F(CheckFitTest, RefusesOneBatchWithPublishedFidelityWhereItsVariancesAreAveraged) {
    dataset = make_dataset(15);
    fits();
    config.fidelity = Fidelity::kPublished;
    refuse<ConfigError>(
        {"config: train.batch_size: 20 makes one batch of 15 samples, but published fidelity divides by "
         "(batches - 1); use a smaller batch or fidelity=exact"});
    config.model.normalization.inference = Inference::kPopulation;
    refuse<ConfigError>({"train.batch_size: 20 makes one batch of 15 samples"});
    config.origins.give("fidelity", "--set fidelity=published");
    refuse<ConfigError>({"--set fidelity=published: train.batch_size: 20"});
    config.model.normalization.inference = Inference::kMovingAverage;
    fits();
    config.model.normalization = {};  // none
    fits();
    config = small_config();
    config.fidelity = Fidelity::kPublished;
    config.train.batch_size = 7;  // two batches, the third of a single sample left out
    fits();
    config.train.batch_size = 14;
    refuse<ConfigError>({"train.batch_size: 14 makes one batch"});
}

TEST_F(CheckFitTest, RefusesInitialValuesThatDoNotFitAndNamesTheirFile) {
    initial = draw_initial_values(config, 6, 2);
    config.model.init.from = "values.st";
    fits();
    initial["layers.1.weight"].shape = {8, 9};
    refuse<DataError>({"config: model.init.from: values.st: tensor \"layers.1.weight\" has shape [8, 9]", "[8, 8]"});
    config.origins.give("model.init.from", "--set model.init.from=values.st");
    initial.erase("layers.1.weight");
    refuse<DataError>({"--set model.init.from=values.st: model.init.from: values.st: no tensor \"layers.1.weight\""});
    initial = draw_initial_values(config, 6, 2);
    initial["layers.3.weight"] = initial["layers.2.weight"];
    refuse<DataError>({"values.st: tensor \"layers.3.weight\" has no place"});
    initial = draw_initial_values(config, 6, 2);
    initial["layers.0.bias"].values[2] = 1e300;
    fits();
    config.precision = Precision::kFloat32;
    refuse<DataError>({"values.st: tensor \"layers.0.bias\": value 2 is 1e+300, beyond float32"});
}

TEST_F(CheckFitTest, IsWhatTrainingThrowsBeforeItsFirstIteration) {
    dataset = make_dataset(1);
    ThreadTeam team(1);
    Records records;
    expect_error<ConfigError>([&] { train(config, dataset, {}, team, records); },
                              {"data.train_samples: a single training sample"});
    EXPECT_TRUE(records.iterations.empty());
    EXPECT_THROW((void)prepare_training(config, dataset, {}, team), ConfigError);
}

}  // namespace
}  // namespace bnrun
