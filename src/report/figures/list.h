// The figures of a report: a file each in this folder, and a row here.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/figures/curves.h"
#include "report/figures/errors.h"
#include "report/figures/heatmap.h"
#include "report/figures/layers.h"
#include "report/figures/quantities.h"
#include "report/figures/sweep.h"
#include "report/figures/sweep_map.h"

namespace bnrun {

struct FigureKind {
    const char* name;  ///< of its file, without `.svg`, and of its section
    /// @param step the iteration of figures by layer, counted through all epochs. None where the runs have no such
    /// figure.
    std::optional<Figure> (*draw)(const ReportData& data, std::int64_t step);
    const char* needs;           ///< what the runs must have; empty: nothing
    const char* moving_heading;  ///< on a page, where the slider moves it; else null, and the figure's own will do
};

/// In the order of the page.
inline constexpr std::array<FigureKind, 11> kFigures{{
    {"sweep", [](const ReportData& data, std::int64_t) { return sweep_figure(data); }, "one sweep with a summary.csv",
     nullptr},
    {"sweep_map", [](const ReportData& data, std::int64_t) { return sweep_map(data); },
     "one sweep with a summary.csv and two keys of numbers", nullptr},
    {"gradient_norms",
     [](const ReportData& data, std::int64_t step) { return std::optional(gradient_norms(data, step)); }, "",
     "Gradient norm of each layer"},
    {"loss", [](const ReportData& data, std::int64_t) { return std::optional(loss_curves(data)); }, "", nullptr},
    {"error", [](const ReportData& data, std::int64_t) { return std::optional(error_curves(data)); }, "", nullptr},
    {"gradients_over_iterations",
     [](const ReportData& data, std::int64_t) { return std::optional(gradients_over_iterations(data)); }, "", nullptr},
    {"gradient_heatmap", [](const ReportData& data, std::int64_t) { return std::optional(gradient_heatmap(data)); }, "",
     nullptr},
    {"activation_ranges",
     [](const ReportData& data, std::int64_t step) { return std::optional(activation_ranges(data, step)); }, "",
     "Range of each hidden layer’s outputs"},
    {"input_quantiles", [](const ReportData& data, std::int64_t) { return input_quantiles(data); },
     "runs with \"distribution\" in log.observe", nullptr},
    {"update_ratio", [](const ReportData& data, std::int64_t) { return update_ratio(data); },
     "runs with \"update\" in log.observe", nullptr},
    {"saturation", [](const ReportData& data, std::int64_t) { return saturation(data); },
     "runs with \"saturation\" in log.observe", nullptr},
}};

struct DrawnFigure {
    const FigureKind* kind;
    Figure figure;
};

std::vector<std::string> figure_names();

/// Those of these names, or all that the runs have, in the order of the page. Throws ConfigError where a figure is
/// named that they do not have.
std::vector<DrawnFigure> draw_figures(const ReportData& data, std::int64_t step, const std::vector<std::string>& names);

}  // namespace bnrun
