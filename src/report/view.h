// What every figure of a report asks of its runs: the row at an iteration, its name, each run's looks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chart/frame.h"
#include "report/data.h"

namespace bnrun {

inline constexpr std::size_t kMostPanels = 6;  ///< runs to show side by side; more share their panels

/// One figure: side by side on a page, or one file.
struct Figure {
    std::string name;  ///< of its file, without `.svg`
    std::string heading;
    std::string caption;  ///< a sentence on what is drawn
    std::vector<Drawing> drawings;
    std::size_t columns = 1;
    Drawing legend;  ///< height 0: none
    bool legend_on_page = false;
};

/// A run's row at an iteration (counted through all epochs from 1): its latest one, where its next is not due yet.
const IterationRecord* row_at(const ReportRun& run, std::int64_t step);

/// Every iteration that a run logged, thinned to about `most`; the last one is there.
struct Steps {
    std::vector<std::int64_t> steps;
    std::size_t all = 0;     ///< before thinning
    std::size_t stride = 1;  ///< every how many of them are left
};
Steps steps_of(const ReportData& data, std::size_t most);

/// The last iteration for which every finished run has a row (every run, where none is finished); else that any has.
std::int64_t last_shared_step(const ReportData& data);

/// Epoch 1, iteration 10, where the post's tables begin, if most runs have a row there; else the last shared one.
std::int64_t usual_step(const ReportData& data);

/// `epoch 1, iteration 10 of 300`; `iteration 310` where the runs' epochs differ in length.
std::string step_text(const ReportData& data, std::int64_t step);

/// The step of an epoch's iteration, as the first run counts. Throws ConfigError where no run has a row there.
std::int64_t step_at(const ReportData& data, std::int64_t epoch, std::int64_t iteration);

std::size_t most_layers(const ReportData& data);

/// `spectral norm`; `norm` where the runs differ.
std::string norm_name(const ReportData& data);

/// For the norms of all runs, but for outliers.
Scale norm_scale(const ReportData& data);

/// What marks at the edges mean; empty where every norm is on that scale.
std::string edges_note(const ReportData& data);

Style style_of(const ReportData& data, const ReportRun& run);

/// ` data-run="3" data-group="1"`, for a script.
std::string run_attributes(const ReportData& data, std::size_t run);

/// The runs that get a panel of their own: all of a few, else one of each group.
std::vector<std::size_t> runs_in_panels(const ReportData& data);

/// The run's label, or its group's where it stands for all of them; shortened to fit a panel.
std::string panel_title(const ReportData& data, std::size_t run);

/// `The first run of each setting is shown.`; empty where all are.
std::string panels_note(const ReportData& data);

Drawing legend_of(const ReportData& data, double width);

}  // namespace bnrun
