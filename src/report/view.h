// What every figure of a report asks of its runs: the row at an iteration, its name, each run's looks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "chart/frame.h"
#include "report/data.h"
#include "report/steps.h"

namespace bnrun {

inline constexpr std::size_t kMostPanels = 6;  ///< settings to show side by side
inline constexpr std::size_t kMostShown = 12;  ///< settings that share a picture of many lines each

/// One figure: side by side on a page, or one file.
struct Figure {
    std::string name;  ///< of its file, without `.svg`
    std::string heading;
    std::string caption;  ///< a sentence on what is drawn
    std::vector<Drawing> drawings;
    std::size_t columns = 1;
    Drawing legend;                      ///< height 0: none
    bool legend_on_page = false;         ///< else that of the whole page will do
    std::vector<LegendEntry> entries{};  ///< of a legend of its own on a page, in HTML
};

std::size_t most_layers(const ReportData& data);

/// `spectral norm`; `norm (frobenius, spectral)` where the runs differ.
std::string norm_name(const ReportData& data);

/// A sentence where runs logged different norms, which do not compare; else empty.
std::string norms_note(const ReportData& data);

/// For the norms of these settings' runs, but for outliers.
Scale norm_scale(const ReportData& data, const std::vector<std::size_t>& groups);

/// What marks at the edges mean; empty where every norm is on that scale.
std::string edges_note(const ReportData& data, const std::vector<std::size_t>& groups);

Style style_of(const ReportGroup& group);

/// `data-group="1"`, for a script.
std::string group_attributes(std::size_t group);

/// The settings that figures of lines show: all of a few in the order given, else the best ones first.
std::vector<std::size_t> shown_groups(const ReportData& data);

/// Those of them that logged some of these values, such as norms, and get a panel of their own.
std::vector<std::size_t> groups_in_panels(
    const ReportData& data, std::vector<double> IterationRecord::*values = &IterationRecord::gradient_norms);

/// The setting's label, shortened to fit a panel, and how many seeds it is the mean of.
std::string panel_title(const ReportData& data, std::size_t group);

/// ` Of 40 settings the 12 with the lowest test error are shown.`; empty where `shown` are all.
std::string shown_note(const ReportData& data, std::size_t shown);

/// What a band or whisker is; empty where every setting is one run.
std::string spread_note(const ReportData& data, const char* mark);

Drawing legend_of(const ReportData& data, double width);

}  // namespace bnrun
