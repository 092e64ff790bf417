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
#include "report/figures/sweep.h"

namespace bnrun {

/// How the page lets a reader move a figure from iteration to iteration.
struct FigureSlider {
    const char* id;
    const char* heading;  ///< of the page's section: that of the figure names its iteration
    bool has_readout;     ///< a table of the figure's values stands below
};

struct FigureKind {
    const char* name;  ///< of its file, without `.svg`, and of its section
    /// @param step the iteration of figures by layer, counted through all epochs. None where the runs have no such
    /// figure.
    std::optional<Figure> (*draw)(const ReportData& data, std::int64_t step);
    std::optional<FigureSlider> slider;
    bool heads_page;  ///< stands before the results
};

/// In the order of the page.
inline constexpr std::array<FigureKind, 7> kFigures{{
    {"sweep", [](const ReportData& data, std::int64_t) { return sweep_figure(data); }, {}, true},
    {"gradient_norms",
     [](const ReportData& data, std::int64_t step) { return std::optional(gradient_norms(data, step)); },
     FigureSlider{"step-gradients", "Gradient norm of each layer", true}, false},
    {"gradients_over_iterations",
     [](const ReportData& data, std::int64_t) { return std::optional(gradients_over_iterations(data)); },
     {},
     false},
    {"gradient_heatmap",
     [](const ReportData& data, std::int64_t) { return std::optional(gradient_heatmap(data)); },
     {},
     false},
    {"activation_ranges",
     [](const ReportData& data, std::int64_t step) { return std::optional(activation_ranges(data, step)); },
     FigureSlider{"step-activations", "Range of each hidden layer’s outputs", false}, false},
    {"loss", [](const ReportData& data, std::int64_t) { return std::optional(loss_curves(data)); }, {}, false},
    {"error", [](const ReportData& data, std::int64_t) { return std::optional(error_curves(data)); }, {}, false},
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
