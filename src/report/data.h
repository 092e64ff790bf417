// The runs that a report shows, grouped by their settings.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "files/logged_run.h"
#include "files/sweep_summary.h"
#include "settings/diff.h"

namespace bnrun {

struct ReportRun {
    std::string directory;
    std::string label;   ///< the config's name, or the directory where two have one name
    std::string status;  ///< the summary's; `unknown` without one
    std::optional<double> train_error;
    std::optional<double> test_error;
    std::optional<double> validation_error;
    ConfigValues settings;
    ConfigValues changed;  ///< those that are not the defaults; all where this program knows not every key
    LoggedRun logged;
    std::size_t group = 0;
    std::optional<double> seconds{};
    std::size_t rows = 0;        ///< that its files have; `logged` may have fewer
    bool has_own_label = false;  ///< given as LABEL=RUN

    [[nodiscard]] std::string setting(const std::string& key) const;  ///< as people read it; empty where not set
    [[nodiscard]] std::size_t layers() const;                         ///< with a gradient; 0 where nothing was logged
};

/// Runs that differ in their seed only: a setting. Charts show their mean.
struct ReportGroup {
    std::string label;
    std::vector<std::size_t> runs;
    std::size_t colour = 0;
    std::size_t dash = 0;
};

struct ReportData {
    std::vector<ReportRun> runs;
    std::vector<ReportGroup> groups;
    std::vector<std::string> differing;  ///< keys, but for the name and the seed
    std::vector<std::string> notes;      ///< what of the input is not shown, a sentence each
    std::optional<SweepSummary> sweep;   ///< where all of it is one sweep with a summary
    std::string y = "test_error";        ///< column of the summary that the sweep's picture shows
};

}  // namespace bnrun
