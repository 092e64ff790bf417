#include "files/logged_run.h"

#include <map>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

/// A run of one row, in the given places.
LoggedRun run_of(const std::string& place, const std::string& iterations, const std::string& epoch,
                 const std::string& more_columns = "", const std::string& more_values = "") {
    const std::map<std::string, std::string> files{
        {"gradients.txt", "epoch:1 iteration:1/" + iterations + "\n 0.1\n"},
        {"gradients.csv", "epoch,iteration,layer_1,layer_2\n" + place + ",0.1,0.2\n"},
        {"activations.csv", "epoch,iteration,layer_1_min,layer_1_max\n" + place + ",0.1,0.9\n"},
        {"iterations.csv", "epoch,iteration,loss,learning_rate\n" + place + ",2,0.1\n"},
        {"epochs.csv", "epoch,train_loss,train_error,test_loss,test_error" + more_columns + "\n" + epoch +
                           ",2,0.5,2,0.5" + more_values + "\n"}};
    return parse_logged_run("run", [&](const std::string& name) -> std::optional<std::string> {
        const auto found = files.find(name);
        return found == files.end() ? std::nullopt : std::optional(found->second);
    });
}

const std::string kMost = "9007199254740992";  // 2^53
const std::string kLargest = "9223372036854775807";

TEST(LoggedRun, IsPutTogetherFromItsTables) {
    const LoggedRun run = run_of("3,5", "10", "3");
    ASSERT_EQ(run.iterations.size(), 1U);
    EXPECT_EQ(global_step(run.iterations[0]), 25);
    EXPECT_EQ(run.iterations[0].gradient_norms, (std::vector<double>{0.1, 0.2}));
    EXPECT_EQ(run.iterations[0].loss, 2);
    EXPECT_EQ(run.epochs.at(0).epoch, 3);
    EXPECT_FALSE(run.epochs.at(0).validation.has_value());
}

TEST(LoggedRun, HasTheErrorsOfAValidationSetWhereThereAreSome) {
    const LoggedRun run = run_of("3,5", "10", "3", ",validation_loss,validation_error", ",1.5,0.25");
    EXPECT_EQ(run.epochs.at(0).test_loss, 2);
    EXPECT_EQ(run.epochs.at(0).validation.value().loss, 1.5);
    EXPECT_EQ(run.epochs.at(0).validation.value().error, 0.25);
}

TEST(LoggedRun, CountsAreThoseThatADoubleHolds) {
    EXPECT_EQ(global_step(run_of("1," + kMost, "10", "1").iterations.at(0)), std::int64_t{1} << 53);
    for (const std::string& count : {kLargest, std::string("9007199254740993"), std::string("9223372036854775808")}) {
        expect_error<DataError>([&] { run_of("1," + count, "10", "1"); }, {"run/gradients.csv:2: iteration \"9"});
        expect_error<DataError>([&] { run_of(count + ",1", "10", "1"); }, {"run/gradients.csv:2: epoch \"9"});
        expect_error<DataError>([&] { run_of("1,1", "10", count); }, {"run/epochs.csv:2: epoch \"9"});
    }
}

TEST(LoggedRun, ThePlaceAmongAllIterationsDoesNotOverflow) {
    expect_error<DataError>([] { run_of("2,1", kLargest, "1"); }, {"run/iterations.csv: epoch 2 of 9223"});
    expect_error<DataError>([] { run_of(kMost + ",1", "2", "1"); }, {"run/iterations.csv: epoch 9007", "at most 2^53"});
    expect_error<DataError>([] { run_of("1,1", "2", kMost); }, {"run/epochs.csv: epoch 9007", "at most 2^53"});
    EXPECT_EQ(global_step(run_of("4503599627370496,2", "2", "1").iterations.at(0)), std::int64_t{1} << 53);
}

TEST(LoggedRun, WhatWasNotObservedIsEmptyAndWhatIsMissingIsRefused) {
    std::map<std::string, std::string> files{
        {"iterations.csv", "epoch,iteration,loss,learning_rate\n1,7,2,0.1\n1,9,3,0.1\n"},
        {"epochs.csv", "epoch,train_loss,train_error,test_loss,test_error\n1,2,0.5,2,0.5\n"},
        {"layers.csv", "epoch,iteration,layer,quantity,value\n1,7,2,zero,0.5\n"}};
    const auto read = [&] {
        return parse_logged_run("run", [&](const std::string& name) -> std::optional<std::string> {
            return files.contains(name) ? std::optional(files.at(name)) : std::nullopt;
        });
    };
    const LoggedRun run = read();
    ASSERT_EQ(run.iterations.size(), 2U);
    EXPECT_EQ(run.iterations[0].iterations, 9);  // as far as anything says
    EXPECT_TRUE(run.iterations[0].gradient_norms.empty());
    EXPECT_TRUE(run.iterations[0].activation_max.empty());
    EXPECT_EQ(run.layers.columns, std::vector<std::string>{"zero/layer_2"});
    files["activations.txt"] = "epoch:1 iteration:7/300\n max 1\n min 0\n";
    expect_error<DataError>([&] { (void)read(); }, {"run/activations.csv: no such file"});
    files["activations.csv"] = "epoch,iteration,layer_1_min,layer_1_max\n1,7,0,1\n";
    EXPECT_EQ(read().iterations.size(), 1U);
    EXPECT_EQ(read().iterations[0].iterations, 300);
    files.erase("iterations.csv");
    expect_error<DataError>([&] { (void)read(); }, {"run/iterations.csv: no such file"});
}

}  // namespace
}  // namespace bnrun
