#include "experiment/check_run.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"
#include "support/small_run.h"

namespace bnrun {
namespace {

class CheckRunTest : public testing::Test {
  protected:
    /// What is reported of the run.
    std::string checked(const CheckOptions& options) {
        RecordingReporter reporter;
        is_same = check_run(scratch.path("whole"), options, reporter);
        return reporter.tables;
    }

    const Scratch scratch;
    bool is_same = false;
};

TEST_F(CheckRunTest, ACheckedRunIsTheSameUntilAByteIsChanged) {
    run_small(scratch.path("whole"));
    EXPECT_EQ(checked({3, false, 1, {}}), "same: iterations 3, rows of each table 3, epochs 0\n");
    EXPECT_EQ(checked({1, true, 2, {}}), "same: iterations 8, rows of each table 8, epochs 2\n");
    EXPECT_TRUE(is_same);
    std::string rows = scratch.get("whole/gradients.csv");
    const std::size_t at = rows.find("\n2,1,") + 5;
    rows[at] ^= 1;
    (void)scratch.put("whole/gradients.csv", rows);
    EXPECT_TRUE(checked({4, false, 1, {}}).starts_with("same: ")) << "before the row";
    EXPECT_TRUE(is_same);
    const std::string found = checked({1, true, 1, {}});
    EXPECT_FALSE(is_same);
    EXPECT_TRUE(found.starts_with("different: epoch 2, iteration 1: ")) << found;
    EXPECT_NE(found.find("gradients.csv:6: column 3: stored "), std::string::npos) << found;
    rows[at] ^= 1;
    (void)scratch.put("whole/gradients.csv", rows + "3,9,1,1,1\n");
    EXPECT_NE(checked({1, true, 1, {}}).find("gradients.csv:10: one line too many"), std::string::npos);
    EXPECT_FALSE(is_same);
    (void)scratch.put("whole/gradients.csv", rows);
    std::string model = scratch.get("whole/model.safetensors");
    model.back() ^= 1;
    (void)scratch.put("whole/model.safetensors", model);
    EXPECT_NE(checked({1, true, 1, {}}).find("model.safetensors: holds other values"), std::string::npos);
    EXPECT_FALSE(is_same);
}

TEST_F(CheckRunTest, OnlyARunThatHasEndedCanBeChecked) {
    expect_error<DataError>([&] { (void)checked({}); }, {"whole"});
    run_small(scratch.path("whole"));
    (void)scratch.put("whole/summary.json", R"({"status": "interrupted"})");
    expect_error<DataError>([&] { (void)checked({}); }, {"whole: its status is \"interrupted\"", "has ended"});
}

}  // namespace
}  // namespace bnrun
