// Figures of layers.csv: ribbons of quantiles, sizes of updates, shares of saturated values.
#include "report/figures/quantities.h"

#include <gtest/gtest.h>

#include "support/drawn.h"
#include "support/report_runs.h"

namespace bnrun {
namespace {

/// A run of as many iterations as there are rows of layers.csv.
ReportRun observed(const std::string& name, const std::vector<std::string>& columns,
                   const std::vector<std::vector<double>>& rows) {
    ReportRun run = made_up_run(name, std::vector<std::vector<double>>(rows.size(), {1, 1}));
    run.logged.layers.columns = columns;
    for (const std::vector<double>& values : rows) {
        const auto iteration = static_cast<std::int64_t>(run.logged.layers.rows.size()) + 1;
        run.logged.layers.rows.push_back({1, iteration, values});
    }
    return run;
}

void expect_words(const std::string& text, const std::string& part) {
    EXPECT_NE(text.find(part), std::string::npos) << text << "\nlacks: " << part;
}

// Iterations 0 to 2 are places 54 to 374, shares 0 to 1 heights 236 to 46.
TEST(Saturation, IsALineForEachLayerInItsSettingsColour) {
    const std::vector<std::string> columns{"saturated/layer_1", "dead/layer_1", "saturated/layer_3"};
    const Figure figure = saturation(one_group({observed("a", columns, {{0, 9, 1}, {0.5, 9, 1}})}, 4)).value();
    ASSERT_EQ(figure.drawings.size(), 1U);
    const Drawing& drawing = figure.drawings.front();
    EXPECT_EQ(drawn(drawing.body, "line thin c4 v0"), "M214 236 374 141\n");
    EXPECT_EQ(drawn(drawing.body, "line thin c4 v15"), "M214 46 374 46\n");
    EXPECT_EQ(drawing.points[1].part, "layer 3") << "named by its number, not its place";
    EXPECT_EQ(drawing.description, "layer 1 from 0 to 0.5; layer 3 from 1 to 1.");
}

TEST(Saturation, OfSeveralSeedsIsTheirMeanWithABand) {
    const std::vector<std::string> columns{"saturated/layer_1"};
    const Figure figure =
        saturation(one_group({observed("a", columns, {{0}, {0}}), observed("b", columns, {{1}, {1}})})).value();
    EXPECT_EQ(drawn(figure.drawings.front().body, "line thin c0 v0"), "M214 141 374 141\n");
    EXPECT_NE(drawn(figure.drawings.front().body, "spread f0"), "");
}

TEST(UpdateRatio, IsOnALogScaleOfItsOwnAndAGeometricMean) {
    const std::vector<std::string> columns{"update_ratio/layer_1"};
    const Figure figure =
        update_ratio(one_group({observed("a", columns, {{1e-4}}), observed("b", columns, {{1e-2}})})).value();
    expect_words(figure.drawings.front().attributes, "data-y=\"log 0.0001 0.01 ");
    EXPECT_EQ(figure.drawings.front().description, "layer 1 from 0.001 to 0.001; layer 1 from 0.001 to 0.001.");
}

TEST(InputQuantiles, AreARibbonAroundTheMedianOfTheFirstAndTheLastLayer) {
    std::vector<std::string> columns;
    for (const char* quantity : {"input_q15", "input_q50", "input_q85"}) {
        for (const char* layer : {"1", "2", "3"}) columns.push_back(quantity + (std::string("/layer_") + layer));
    }
    const std::vector<double> row{-1, -1, 0, 0, 0, 0.5, 1, 1, 1};
    const Figure figure = input_quantiles(one_group({observed("a", columns, {row, row})}, 2)).value();
    ASSERT_EQ(figure.drawings.size(), 2U);
    expect_words(figure.drawings[0].body, ">setting, layer 1</text>");
    expect_words(figure.drawings[1].body, ">setting, layer 3</text>");
    // -1 to 1 are heights 236 to 46, iterations 0 to 2 places 54 to 386.
    EXPECT_EQ(drawn(figure.drawings[0].body, "line c2"), "M220 141 386 141\n");
    EXPECT_EQ(drawn(figure.drawings[0].body, "spread f2"), "M220 46 386 46 386 236 220 236z\n");
    EXPECT_EQ(drawn(figure.drawings[1].body, "line c2"), "M220 93.5 386 93.5\n");
}

TEST(LayerQuantities, AreNotThereWhereNoRunLoggedThem) {
    const ReportData data = one_group({made_up_run("a", {{1, 1}})});
    EXPECT_FALSE(input_quantiles(data));
    EXPECT_FALSE(update_ratio(data));
    EXPECT_FALSE(saturation(data));
}

TEST(LayerQuantities, OfSettingsThatLoggedThemAreShownBesideOthers) {
    const ReportData data =
        each_alone({made_up_run("a", {{1, 1}}), observed("b", {"saturated/layer_1"}, {{0.5}, {0.5}})});
    const Figure figure = saturation(data).value();
    ASSERT_EQ(figure.drawings.size(), 1U);
    expect_words(figure.drawings.front().title, "Saturated values, b");
}

}  // namespace
}  // namespace bnrun
