#include "experiment/sweep_diff_text.h"

#include <gtest/gtest.h>

#include "base/json_text.h"
#include "support/stored_sweeps.h"

namespace bnrun {
namespace {

SweepDiff made_up_diff() {
    const std::string axes = R"("grid": {"train.l2": [0, 1], "seed": [1, 2]})";
    return diff_sweeps(made_up_sweep("a", axes, {0.5, 0.5, 0.25, 0.25}),
                       made_up_sweep("b", R"("set": {"model.depth": 2}, )" + axes, {0.5, 0.5, 0.125, 0.125}), {});
}

const std::string kHead =
    "A: a\nB: b\nmodel.depth: A 10, B 2\n"
    "pairs: 4, by train.l2, seed; only in A: 0; only in B: 0; with two endings: 0; without errors: 0\n";

TEST(SweepDiffText, HasALineForEachSettingThatDiffers) {
    const std::string text = sweep_diff_text(made_up_diff(), DiffLayout::kPlain, false);
    EXPECT_EQ(text.substr(0, text.find("95 %: ")), kHead +
                                                       "\ntest_error  pairs       A       B    B - A                "
                                                       "95 %\n"
                                                       "l2=1            2  0.2500  0.1250  -0.1250  -0.1250 to "
                                                       "-0.1250  B lower\n"
                                                       "\nsettings with the same test_error: 1\n\n");
    EXPECT_NE(text.find("95 %: Student's t interval over seeds"), std::string::npos) << text;
}

TEST(SweepDiffText, WithAllShowsWhatIsTheSame) {
    const std::string text = sweep_diff_text(made_up_diff(), DiffLayout::kPlain, true);
    EXPECT_NE(text.find("l2=0            2  0.5000  0.5000  +0.0000  +0.0000 to +0.0000     same\n"), std::string::npos)
        << text;
}

TEST(SweepDiffText, InMarkdownIsATable) {
    const std::string text = sweep_diff_text(made_up_diff(), DiffLayout::kMarkdown, false);
    EXPECT_NE(text.find("| l2=1 | 2 | 0.2500 | 0.1250 | -0.1250 | -0.1250 to -0.1250 | B lower |\n"), std::string::npos)
        << text;
}

TEST(SweepDiffText, NamesPointsWithoutAPartner) {
    const std::string text =
        sweep_diff_text(diff_sweeps(made_up_sweep("a", R"("grid": {"seed": [1, 2]})", {0.5, std::nullopt}),
                                    made_up_sweep("b", R"("grid": {"seed": [2, 3]})", {0.5, 0.5}), {}),
                        DiffLayout::kPlain, false);
    EXPECT_EQ(text,
              "A: a\nB: b\npairs: 1, by seed; only in A: 1; only in B: 1; with two endings: 1; without errors: 0\n"
              "\nonly in A: seed=1\nonly in B: seed=3\ntwo endings: seed=2 (A diverged, B done)\n");
}

TEST(SweepDiffJson, HasTheIntervalsEnds) {
    const OrderedJson json = parse_stored(sweep_diff_json(made_up_diff(), false), "diff");
    EXPECT_EQ(json["same"], false);
    EXPECT_EQ(json["pairs"], 4);
    ASSERT_EQ(json["settings"].size(), 1U);
    EXPECT_EQ(json["settings"][0]["low"], -0.125);
    EXPECT_EQ(json["settings"][0]["high"], -0.125);
    EXPECT_EQ(json["config"][0]["key"], "model.depth");
    EXPECT_EQ(json["config"][0]["b"], 2);
}

}  // namespace
}  // namespace bnrun
