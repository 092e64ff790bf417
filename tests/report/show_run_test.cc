#include "report/show_run.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/shown_runs.h"

namespace bnrun {
namespace {

using Values = std::vector<double>;

TEST(ShownRun, IsReadAtTheLastIteration) {
    const Scratch scratch;
    const ShownRun run = read_shown_run(make_run(scratch, "a"), {});
    EXPECT_EQ(run.outline.name, "config");
    EXPECT_EQ(run.outline.state, "done");
    EXPECT_EQ(run.epoch, 2);
    EXPECT_EQ(run.iteration, 3);
    EXPECT_EQ(run.iterations, 3);
    EXPECT_EQ(run.norms, (Values{6, 24, 48}));
    EXPECT_EQ(run.low, (Values{0.25, 0.125}));
    EXPECT_EQ(run.high, (Values{0.75, 0.6}));
    ASSERT_EQ(run.history.size(), 3U);
    EXPECT_EQ(run.history[1], (Values{4, 8, 12, 16, 20, 24}));
    EXPECT_EQ(run.losses, (Values{6, 5, 4, 3, 2, 1}));
    EXPECT_EQ(run.test_errors, (Values{0.25, 0.125}));
}

TEST(ShownRun, IsReadAtTheIterationThatIsAskedFor) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a");
    EXPECT_EQ(read_shown_run(directory, "1:2").norms, (Values{2, 8, 16}));
    EXPECT_EQ(read_shown_run(directory, "1:2").high.back(), 0.2);
    EXPECT_EQ(read_shown_run(directory, "5").norms, (Values{5, 20, 40}));  // the second of the second epoch
    EXPECT_EQ(read_shown_run(directory, "last").norms, (Values{6, 24, 48}));
}

TEST(ShownRun, AnIterationThatWasNotLoggedIsRefusedWithTheOneBefore) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a");
    expect_error<ConfigError>([&] { read_shown_run(directory, "1:9"); },
                              {"--iteration 1:9: no such row", "the last one before it is 1:3"});
    for (const char* wrong : {"x", "1:", "0:1", "-3", "1:2:3", ""}) {
        expect_error<ConfigError>([&] { read_shown_run(directory, wrong); },
                                  {"--iteration", "expected epoch:iteration"});
    }
}

TEST(ShownRun, ARowThatIsNotInEveryTableYetIsShownWithoutItsRanges) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a");
    (void)scratch.put("a/activations.csv", "epoch,iteration,layer_1_min,layer_1_max\n1,1,0,1\n");
    EXPECT_TRUE(read_shown_run(directory, {}).low.empty());
    EXPECT_EQ(read_shown_run(directory, "1:1").high, Values{1});
}

TEST(ShownRun, WithoutTablesSaysSo) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a");
    for (const char* name : {"gradients.csv", "activations.csv", "iterations.csv", "epochs.csv"}) {
        std::filesystem::remove(scratch.path("a/") + name);
    }
    const ShownRun run = read_shown_run(directory, {});
    EXPECT_TRUE(run.norms.empty());
    EXPECT_EQ(run.notes.size(), 1U);
}

TEST(ShownRun, OfAnotherKindOfFileIsRefused) {
    const Scratch scratch;
    const std::string directory = make_run(scratch, "a");
    (void)scratch.put("a/gradients.csv", scratch.get("a/iterations.csv"));
    expect_error<DataError>([&] { read_shown_run(directory, {}); }, {"gradients.csv: not the table"});
    expect_error<DataError>([&] { read_shown_run(scratch.path("none"), {}); }, {"none: not a run directory"});
}

}  // namespace
}  // namespace bnrun
