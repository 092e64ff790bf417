#include "report/list_text.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "support/shown_runs.h"

namespace bnrun {
namespace {

Listing made_up_listing() {
    const Scratch scratch;
    Listing listing;
    RunOutline run = read_outline_of(make_run(scratch, "a", R"({"seed": 5})"));
    run.directory = "results/a";
    listing.runs = {run};
    ListedSweep sweep;
    sweep.directory = "results/sweep";
    sweep.points.points = sweep.points.done = 6;
    sweep.best = 0.0625;
    sweep.axes = {"train.l2", "model.depth"};
    listing.sweeps = {sweep};
    return listing;
}

TEST(ListText, HasALineForEach) {
    const std::string text = list_text(made_up_listing(), {40, Glyphs::kUnicode, false, false});
    EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 3);
    EXPECT_NE(text.find("results/sweep  sweep   0.0625                        6 points: 6 done; l2, depth\n"),
              std::string::npos)
        << text;
    EXPECT_NE(text.find("results/a      done    0.1250      20"), std::string::npos) << text;
    EXPECT_TRUE(text.ends_with("  10x200 sigmoid, rmsprop 4e-05, 1 epoch, seed 5\n")) << text;
    EXPECT_EQ(list_text({}, {}), "");
}

TEST(ListText, IsCutToATerminal) {
    const std::string text = list_text(made_up_listing(), {60, Glyphs::kAscii, false, true});
    for (std::size_t start = 0; start < text.size(); start = text.find('\n', start) + 1) {
        EXPECT_LE(text.find('\n', start) - start, 60U) << text;
    }
}

TEST(ListJson, HasTheSame) {
    const OrderedJson json = list_json(made_up_listing());
    ASSERT_EQ(json.size(), 2U);
    EXPECT_EQ(json[0]["kind"], "sweep");
    EXPECT_EQ(json[0]["best_error"], 0.0625);
    EXPECT_EQ(json[0]["varies"].dump(), R"(["train.l2","model.depth"])");
    EXPECT_EQ(json[1]["kind"], "run");
    EXPECT_EQ(json[1]["directory"], "results/a");
    EXPECT_EQ(json[1]["settings"].dump(), R"({"seed":5})");
}

}  // namespace
}  // namespace bnrun
