// Each kind of picture against one that was looked at: tests/golden/charts/. After a change that is meant, look at what
// BNRUN_WRITE_GOLDEN=1 build/release/tests/chart_test --gtest_filter='Golden*' writes there.
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <sstream>

#include "chart/assets.h"
#include "chart/dots.h"
#include "chart/grid.h"
#include "chart/heatmap.h"
#include "chart/layers.h"
#include "chart/lines.h"
#include "chart/palette.h"

namespace bnrun {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

void expect_golden(const std::string& name, const std::vector<Drawing>& drawings, const Drawing& legend = {}) {
    const std::string style = std::string(chart_css()) + layer_rules();
    const std::string svg = svg_file("A picture for a test", legend, drawings, drawings.size(), style);
    const std::string path = BNRUN_SOURCE_DIR "/tests/golden/charts/" + name + ".svg";
    if (std::getenv("BNRUN_WRITE_GOLDEN") != nullptr) std::ofstream(path) << svg;
    std::ostringstream kept;
    kept << std::ifstream(path).rdbuf();
    EXPECT_EQ(svg, kept.str()) << path;
}

Frame log_frame() {
    Frame frame = framed(kChart, {}, {ScaleKind::kLinear, 0, 40, 0, 1}, {ScaleKind::kLog, 1e-4, 1, 0, 1});
    frame.title = "log scale";
    frame.x_title = "iteration";
    frame.y_title = "norm";
    return frame;
}

TEST(Golden, Lines) {
    std::vector<Curve> curves(2);
    for (int i = 0; i <= 40; ++i) {
        for (Curve& curve : curves) curve.x.push_back(i);
        curves[0].y.push_back(std::exp(-0.2 * i));
        curves[1].y.push_back(i == 20 ? kNone : i == 30 ? 0 : 1e-3 * (1 + i % 5));
    }
    curves[0].classes = Style{0, 0}.line();
    curves[0].end_label = "falls";
    curves[1].classes = Style{1, 1}.line();
    curves[1].dots = Style{1, 1}.fill();
    for (const double y : curves[0].y) {
        curves[0].low.push_back(0.7 * y);
        curves[0].high.push_back(1.5 * y);
    }
    curves[0].band = "spread " + Style{0, 0}.fill();
    curves[0].lost.push_back({36, "ended"});
    expect_golden("lines", {draw_curves(log_frame(), curves)},
                  draw_legend({{"falls", {0, 0}}, {"has gaps", {1, 1}}}, kChart.width));
}

TEST(Golden, Dots) {
    const std::vector<DotRow> rows{{"three runs", {0.06, 0.07, 0.08}, {0.05, 0.05, 0.06}, "", {0, 0}, ""},
                                   {"one run", {0.2}, {}, "1 of 2 diverged", {1, 1}, ""},
                                   {"none", {}, {}, "diverged", {2, 2}, ""}};
    expect_golden("dots", {draw_dots(rows, "test error", kChart.width)});
}

TEST(Golden, Heatmap) {
    const std::vector<double> norms[] = {{1e-4, 1e-2, 1}, {1e-3, 0, 0.5}, {kNone, 1e-1, 0.25}};
    std::vector<HeatColumn> columns;
    for (int i = 0; i < 3; ++i) columns.push_back({i * 10.0, i * 10.0 + 10, &norms[i]});
    const Scale colours(ScaleKind::kLog, 1e-4, 1, 0, 1);
    Frame frame = log_frame();
    frame.y_title = "layer";
    expect_golden("heatmap", {draw_heatmap(frame, columns, 3, colours), draw_colour_key(colours, "norm")});
}

TEST(Golden, Grid) {
    Grid grid{{"1e-4", "0.001", "0.01"}, {"20", "10"}, {}};
    grid.cells = {{GridCell{0.1, "0.1", "first", true}, GridCell{0.5, "0.5", "second"}, std::nullopt},
                  {GridCell{0.3, "0.3", "third"}, GridCell{1, "1", "fourth"}, GridCell{std::nullopt, "", "diverged"}}};
    const Scale colours(ScaleKind::kLinear, 0, 1, 0, 1);
    expect_golden("grid", {draw_grid(grid, "batch_norm=true", "learning_rate", "depth", colours)});
}

TEST(Golden, Layers) {
    const Frame norms = framed(kChart, {}, layer_scale(4), {ScaleKind::kLog, 1e-4, 1, 0, 1});
    const Frame ranges = framed(kChart, {}, layer_scale(4), {ScaleKind::kLinear, 0, 1, 0, 1});
    const std::vector<LayerSeries> series{
        {{1e-4, 1e-3, 1e-2, 1}, {1e-4, 5e-4, 5e-3, 0.8}, {2e-4, 2e-3, 2e-2, 1}, {0, 0}, ""},
        {{0.1, kNone, 0.2, 0.3}, {}, {}, {1, 1}, ""}};
    expect_golden(
        "layers",
        {draw_layer_lines(norms, series, 4),
         draw_layer_ranges(ranges,
                           {{0, 0.1, 0.2, 0.3}, {1, 0.9, 0.5, kNone}, {0, 0, 0.1, 0.2}, {1, 1, 0.6, 0.7}, {2, 0}, ""},
                           4, true)});
}

}  // namespace
}  // namespace bnrun
