#include "train/checkpoint.h"

#include <memory>

#include "base/error.h"
#include "support/scratch.h"
#include "support/small_training.h"

namespace bnrun {
namespace {

TrainingProgress some_progress() {
    TrainingProgress at;
    at.epoch = 3;
    at.iteration = 7;
    at.step = 29;
    at.learning_rate = 0.1;
    at.loss_sum = 1.0 / 3;
    at.wrong = 11;
    at.seen = 140;
    at.last = {2, 0.5, 0.25, 0.75, 0.125, 5, 40};
    return at;
}

TEST(TrainingProgress, IsRestoredAsItWasSaved) {
    TrainingProgress saved = some_progress();
    Checkpoint checkpoint;
    StateExchange save = StateExchange::saving(checkpoint.state);
    exchange_progress(save, saved);
    EXPECT_EQ(checkpoint.state.size(), 14U);
    const TrainingProgress at = checkpoint.progress();
    EXPECT_EQ(at.epoch, 3);
    EXPECT_EQ(at.iteration, 7);
    EXPECT_EQ(at.step, 29);
    EXPECT_EQ(at.learning_rate, 0.1);
    EXPECT_EQ(at.loss_sum, 1.0 / 3);
    EXPECT_EQ(at.wrong, 11);
    EXPECT_EQ(at.seen, 140);
    EXPECT_EQ(at.last.epoch, 2);
    EXPECT_EQ(at.last.train_loss, 0.5);
    EXPECT_EQ(at.last.train_error, 0.25);
    EXPECT_EQ(at.last.test_loss, 0.75);
    EXPECT_EQ(at.last.test_error, 0.125);
    EXPECT_EQ(at.last.test_wrong, 5);
    EXPECT_EQ(at.last.test_samples, 40);
    EXPECT_FALSE(at.last.validation.has_value());
}

TEST(TrainingProgress, HasTheErrorsOfAValidationSetWhereThereIsOne) {
    TrainingProgress saved = some_progress();
    saved.last.validation = {2.5, 0.75, 3, 4};
    Checkpoint checkpoint;
    StateExchange save = StateExchange::saving(checkpoint.state);
    exchange_progress(save, saved);
    EXPECT_EQ(checkpoint.state.size(), 18U);
    const Validation found = checkpoint.progress().last.validation.value();
    EXPECT_EQ(found.loss, 2.5);
    EXPECT_EQ(found.error, 0.75);
    EXPECT_EQ(found.wrong, 3);
    EXPECT_EQ(found.samples, 4);
    checkpoint.state.erase("last.validation_wrong");
    expect_error<DataError>([&] { (void)checkpoint.progress(); }, {"last.validation_wrong"});
}

TEST(TrainingProgress, ThatIsNotWholeIsRefused) {
    TrainingProgress saved = some_progress();
    Checkpoint checkpoint;
    StateExchange save = StateExchange::saving(checkpoint.state);
    exchange_progress(save, saved);
    for (const auto& [name, tensor] : TensorMap(checkpoint.state)) {
        checkpoint.state.erase(name);
        expect_error<DataError>([&] { (void)checkpoint.progress(); }, {name.c_str()});
        checkpoint.state[name] = tensor;
    }
    EXPECT_NO_THROW((void)checkpoint.progress());
}

/// Keeps the checkpoint that is taken before a stop.
struct KeptCheckpoint : Records {
    Checkpoint checkpoint;
    void on_checkpoint(Checkpoint&& taken) override { checkpoint = std::move(taken); }
};

class CheckpointTest : public testing::Test {
  protected:
    /// That of a training that was stopped after so many iterations, of which an epoch has 11.
    Checkpoint taken_after(std::size_t iterations) {
        KeptCheckpoint listener;
        listener.stop_after = iterations;
        EXPECT_EQ(train(config, dataset, {}, team, listener).outcome, Outcome::kInterrupted);
        return listener.checkpoint;
    }

    void check(const Checkpoint& checkpoint) { check_checkpoint(config, dataset, checkpoint); }

    void refuse(const Checkpoint& checkpoint, std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { check(checkpoint); }, texts);
    }

    static Checkpoint with(Checkpoint checkpoint, const std::string& name, double value) {
        checkpoint.state.at(name).values = {value};
        return checkpoint;
    }

    Config config = small_config();
    Dataset dataset = make_dataset(205);
    ThreadTeam team{2};
};

TEST_F(CheckpointTest, OfATrainingIsTakenWhateverItIsOf) {
    for (const Precision precision : {Precision::kFloat32, Precision::kFloat64}) {
        for (const bool batch_norm : {false, true}) {
            for (std::size_t name = 0; name < kOptimizerNames.size(); ++name) {
                config.precision = precision;
                config.model.normalization.kind = batch_norm ? Normalization::kBatch : Normalization::kNone;
                config.train.optimizer.name = static_cast<OptimizerName>(name);
                for (const std::size_t iterations : {1U, 11U, 15U, 43U}) {
                    EXPECT_NO_THROW(check(taken_after(iterations))) << iterations;
                }
            }
        }
    }
}

TEST_F(CheckpointTest, HoldsWhatTrainingNeedsToResumeAsIfItHadNotStopped) {
    config.model.dropout = 0.2;
    Records whole;
    const TrainResult expected = train(config, dataset, {}, team, whole);
    for (const std::size_t iterations : {5U, 10U, 11U, 30U, 43U}) {  // a short batch is next after 10 and 43
        const Checkpoint checkpoint = taken_after(iterations);
        Records rest;
        const TrainResult resumed = train(config, dataset, {}, team, rest, &checkpoint);
        EXPECT_EQ(rest.iterations.size(), 44 - iterations);
        EXPECT_EQ(rest.iterations.back().loss, whole.iterations.back().loss);
        EXPECT_EQ(rest.epochs.back().train_loss, whole.epochs.back().train_loss);
        for (const auto& [name, tensor] : expected.model)
            EXPECT_EQ(tensor.values, resumed.model.at(name).values) << name;
    }
}

/// Its rates come from the config and the step, whatever the schedule.
TEST_F(CheckpointTest, ResumesInTheMiddleOfASchedule) {
    config.train.optimizer.name = OptimizerName::kNesterov;
    const std::size_t state = taken_after(1).state.size();
    for (std::size_t name = 0; name < kScheduleNames.size(); ++name) {
        config.train.learning_rate_schedule = {static_cast<ScheduleName>(name), {4, 16, 31}, 0.5, 0.1, 0.5, 7};
        Records whole;
        const TrainResult expected = train(config, dataset, {}, team, whole);
        for (const std::size_t iterations : {2U, 11U, 15U, 33U, 40U}) {
            const Checkpoint checkpoint = taken_after(iterations);
            EXPECT_EQ(checkpoint.state.size(), state);
            Records rest;
            const TrainResult resumed = train(config, dataset, {}, team, rest, &checkpoint);
            ASSERT_EQ(rest.iterations.size(), 44 - iterations);
            for (std::size_t i = iterations; i < 44; ++i) {
                const IterationRecord& row = rest.iterations[i - iterations];
                EXPECT_EQ(row.learning_rate, whole.iterations[i].learning_rate) << kScheduleNames[name] << " " << i;
                EXPECT_EQ(row.loss, whole.iterations[i].loss) << kScheduleNames[name] << " " << i;
            }
            for (const auto& [tensor, values] : expected.model)
                EXPECT_EQ(values.values, resumed.model.at(tensor).values) << tensor;
        }
    }
}

/// As they were before there were schedules: the rate of the epoch, whose factor comes once all of it is done.
TEST_F(CheckpointTest, HasTheRateOfItsEpoch) {
    config.train.learning_rate_decay = 0.5;
    config.train.min_learning_rate = 0;
    EXPECT_EQ(taken_after(10).progress().learning_rate, 0.5);
    EXPECT_EQ(taken_after(11).progress().learning_rate, 0.5);
    EXPECT_EQ(taken_after(12).progress().learning_rate, 0.25);
    config.train.learning_rate_schedule.warm_up = 40;
    EXPECT_EQ(taken_after(12).progress().learning_rate, 0.25);
    config.train.learning_rate_schedule.name = ScheduleName::kCosine;
    EXPECT_EQ(taken_after(12).progress().learning_rate, 0.5);
}

TEST_F(CheckpointTest, OfAnEpochThatTheRunDoesNotHaveIsRefused) {
    const Checkpoint checkpoint = taken_after(15);  // iteration 4 of epoch 2
    EXPECT_EQ(checkpoint.progress().epoch, 2);
    EXPECT_EQ(checkpoint.progress().iteration, 4);
    refuse(with(checkpoint, "progress.epoch", 0), {"its state is of epoch 0, iteration 4", "does not have"});
    refuse(with(checkpoint, "progress.epoch", 3), {"epoch 3"});  // after the last completed one, which is 1
    refuse(with(with(checkpoint, "progress.epoch", 5), "last.epoch", 4), {"its state is of epoch 5, iteration 4"});
    EXPECT_NO_THROW(check(with(with(checkpoint, "progress.epoch", 4), "last.epoch", 3)));
    config.train.epochs = 1;
    refuse(checkpoint, {"epoch 2"});
}

TEST_F(CheckpointTest, BeyondTheEpochsIterationsIsRefused) {
    const Checkpoint checkpoint = taken_after(15);
    EXPECT_NO_THROW(check(with(checkpoint, "progress.iteration", 11)));
    refuse(with(checkpoint, "progress.iteration", 12), {"its state is of epoch 2, iteration 12", "does not have"});
    refuse(with(checkpoint, "progress.iteration", -1), {"progress.iteration", "no count"});
}

TEST_F(CheckpointTest, WithoutOneOfItsTensorsIsRefused) {
    config.train.optimizer.name = OptimizerName::kRmsprop;
    const Checkpoint checkpoint = taken_after(15);
    for (const auto& entry : checkpoint.state) {
        Checkpoint without = checkpoint;
        without.state.erase(entry.first);
        refuse(without, {"its state has no", ("\"" + entry.first + "\"").c_str()});
    }
}

TEST_F(CheckpointTest, WithATensorOfAnotherSizeOrPrecisionIsRefused) {
    const Checkpoint checkpoint = taken_after(15);
    for (const auto& entry : checkpoint.state) {
        Checkpoint longer = checkpoint;
        longer.state.at(entry.first).values.push_back(0);
        refuse(longer, {("\"" + entry.first + "\"").c_str()});
        Checkpoint narrower = checkpoint;
        narrower.state.at(entry.first).precision = Precision::kFloat32;
        refuse(narrower, {("\"" + entry.first + "\"").c_str()});
    }
}

TEST_F(CheckpointTest, OfAnotherConfigIsRefused) {
    const Checkpoint checkpoint = taken_after(15);
    config.precision = Precision::kFloat32;
    refuse(checkpoint, {"layers.0.weight"});
    config = small_config();
    config.model.hidden = {8, 9};
    refuse(checkpoint, {"layers.1.weight", "72 values"});
    config = small_config();
    config.train.optimizer.name = OptimizerName::kAdam;
    refuse(checkpoint, {"layers.0.weight.square"});
}

}  // namespace
}  // namespace bnrun
