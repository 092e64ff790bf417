#include "report/show_sweep_text.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

const TextLook kSweepLook{80, Glyphs::kUnicode, false, true};

ShownSweep two_settings() {
    ShownSweep sweep;
    sweep.directory = "results/depths";
    sweep.axes = {"model.depth", "train.l2"};
    SweepSetting best;
    best.values = {"3", "1e-4"};
    best.points = best.done = 2;
    best.test_error = {2, 0.25, 0.0625};
    best.train_error = {2, 0.5, 0.125};
    best.is_best = true;
    SweepSetting other;
    other.values = {"10", "0"};
    other.points = 2;
    other.done = other.diverged = 1;
    other.test_error = {1, 0.5, 0};
    sweep.settings = {best, other};
    sweep.all.points = 5;
    sweep.all.done = 3;
    sweep.all.diverged = 1;
    return sweep;
}

TEST(ShowSweepText, RanksWhatVaries) {
    EXPECT_EQ(show_sweep_text(two_settings(), kSweepLook),
              "depths  results/depths\n"
              "  5 points: 3 done, 1 diverged, 1 not done\n"
              "  * has the lowest mean test error; mean ± standard deviation over n points\n"
              "\n"
              "   test error (*)   depth  l2    n       diverged  train error\n"
              "*  0.2500 ± 0.0625  3      1e-4  2                 0.5000 ± 0.1250\n"
              "   0.5000           10     0     1 of 2         1  –\n");
}

TEST(ShowSweepText, HasAColumnOfValidationErrorsWhereThereAreSome) {
    ShownSweep sweep = two_settings();
    sweep.settings[0].validation_error = {2, 0.125, 0};
    sweep.by_validation = true;
    const std::string text = show_sweep_text(sweep, kSweepLook);
    EXPECT_NE(text.find("   validation (*)   test error  "), std::string::npos) << text;
    EXPECT_NE(text.find("* has the lowest mean validation error"), std::string::npos) << text;
}

TEST(ShowSweepText, SaysHowManySettingsAreLeftOut) {
    ShownSweep sweep = two_settings();
    sweep.left_out = 7;
    sweep.notes = {"summary.csv:9: cut off"};
    const std::string text = show_sweep_text(sweep, kSweepLook);
    EXPECT_TRUE(text.ends_with("\nand 7 more settings\n\nsummary.csv:9: cut off\n")) << text;
}

TEST(ShowSweepText, KeepsErrorsAndAxesOnANarrowTerminalAndTheBestInColour) {
    const std::string text = show_sweep_text(two_settings(), {40, Glyphs::kAscii, true, true});
    EXPECT_NE(text.find("\n\x1b[32m*  0.2500 +- 0.0625"), std::string::npos) << text;
    EXPECT_NE(text.find(" depth  l2"), std::string::npos) << text;
}

TEST(PointsText, NamesWhatIsThere) {
    SweepSetting points;
    points.points = points.done = 1;
    EXPECT_EQ(points_text(points), "1 point: 1 done");
    points.points = 9;
    points.failed = 3;
    EXPECT_EQ(points_text(points), "9 points: 1 done, 3 failed, 5 not done");
}

TEST(ShowSweepJson, HasTheSame) {
    const OrderedJson json = show_sweep_json(two_settings());
    EXPECT_EQ(json["kind"], "sweep");
    EXPECT_EQ(json["points"], 5);
    EXPECT_EQ(json["diverged"], 1);
    EXPECT_EQ(json["judged_by"], "test_error");
    EXPECT_EQ(json["varies"].dump(), R"(["model.depth","train.l2"])");
    EXPECT_EQ(json["settings"][0]["values"].dump(), R"({"model.depth":3.0,"train.l2":0.0001})");
    EXPECT_EQ(json["settings"][0]["test_error"].dump(), R"({"mean":0.25,"sd":0.0625,"n":2})");
    EXPECT_EQ(json["settings"][0]["best"], true);
    EXPECT_EQ(json["settings"][1]["test_error"].dump(), R"({"mean":0.5,"sd":null,"n":1})");
    EXPECT_EQ(json["settings"][1]["train_error"], nullptr);
}

}  // namespace
}  // namespace bnrun
