// Which figures are drawn.
#include "report/figures/list.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/report_runs.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

std::string drawn_names(const std::vector<std::string>& names) {
    std::string text;
    for (const auto& [kind, figure] : draw_figures(one_group({made_up_run("run", {{1, 1}})}), 1, names)) {
        EXPECT_EQ(figure.name, kind->name);
        text += figure.name + " ";
    }
    return text;
}

TEST(DrawFigures, AreAllThatTheRunsHaveWhereNoneIsNamed) {
    EXPECT_EQ(drawn_names({}),
              "gradient_norms loss error gradients_over_iterations gradient_heatmap activation_ranges ");
}

TEST(DrawFigures, AreThoseNamedInTheOrderOfThePage) {
    EXPECT_EQ(drawn_names({"error", "gradient_norms"}), "gradient_norms error ");
}

TEST(DrawFigures, OneThatTheRunsDoNotHaveIsNamed) {
    expect_error<ConfigError>([] { (void)drawn_names({"sweep"}); },
                              {"--figure sweep: shows one sweep with a summary.csv; name such"});
    expect_error<ConfigError>([] { (void)drawn_names({"sweep_map"}); }, {"--figure sweep_map", "two keys of numbers"});
}

TEST(FigureNames, AreThoseOfTheTable) {
    const std::vector<std::string> names = figure_names();
    ASSERT_EQ(names.size(), kFigures.size());
    EXPECT_EQ(names.front(), "sweep");
}

}  // namespace
}  // namespace bnrun
