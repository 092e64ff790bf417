#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "base/printable.h"
#include "experiment/diff_text.h"
#include "files/logged_run.h"
#include "files/summary.h"
#include "files/sweep_summary.h"
#include "fuzz/check.h"
#include "fuzz/harnesses.h"
#include "report/groups.h"
#include "report/page.h"
#include "report/view.h"
#include "settings/diff.h"

namespace bnrun::fuzz {

namespace {

constexpr std::string_view kTail = ",status,train_loss,train_error,test_loss,test_error,test_wrong\n";

/// So many files, the last with the rest of the input; empty ones where it has fewer.
std::vector<std::string> files_of(std::string_view input, std::size_t count) {
    std::vector<std::string> files;
    while (files.size() + 1 < count) {
        const std::size_t end = std::min(input.find(kNextFile), input.size());
        files.emplace_back(input.substr(0, end));
        input.remove_prefix(std::min(end + kNextFile.size(), input.size()));
    }
    files.emplace_back(input);
    return files;
}

/// Of the files from `first` on: gradients.txt and the CSV files of gradients, activations, iterations, epochs and
/// layers; one that is empty is not there.
LoggedRun run_of(const std::vector<std::string>& files, std::size_t first) {
    const std::vector<std::string> names{"gradients.txt",  "gradients.csv", "activations.csv",
                                         "iterations.csv", "epochs.csv",    "layers.csv"};
    return parse_logged_run("fuzz", [&](const std::string& name) -> std::optional<std::string> {
        const auto place = static_cast<std::size_t>(std::find(names.begin(), names.end(), name) - names.begin());
        if (place == names.size() || files.at(first + place).empty()) return std::nullopt;
        return files[first + place];
    });
}

void check_run(const LoggedRun& run) {
    for (const IterationRecord& row : run.iterations) {
        require(global_step(row) >= 1, "an iteration has a place among all");
        require(row.activation_min.size() == row.activation_max.size(), "each layer has two ends");
    }
}

std::vector<std::string> all_printable(std::vector<std::string> texts) {
    for (std::string& text : texts) text = printable(text);
    return texts;
}

/// Written and read back.
void check_round_trip(const SweepSummary& sweep) {
    std::string text = "run";
    for (const std::string& axis : sweep.axes) text += "," + summary_cell(axis);
    text += kTail;
    for (const SweepRow& row : sweep.rows) {
        text += summary_cell(row.run);
        for (const std::string& value : row.values) text += "," + summary_cell(value);
        text += "," + summary_cell(row.status) + ",,,,,\n";
    }
    const SweepSummary again = parse_sweep_summary(text, "again.csv");
    require(again.axes == all_printable(sweep.axes), "an axis that is written reads back as the same");
    require(again.rows.size() == sweep.rows.size(), "a summary that is written has as many rows");
    for (std::size_t i = 0; i < sweep.rows.size(); ++i) {
        require(again.rows[i].run == printable(sweep.rows[i].run) &&
                    again.rows[i].values == all_printable(sweep.rows[i].values),
                "a cell that is written reads back as the same, made printable");
    }
}

}  // namespace

void summary(std::string_view input) {
    accept_or_refuse([&] {
        const StoredResult result = parse_summary(std::string(input), "fuzz.json");
        require(!result.test_error || std::isfinite(*result.test_error), "JSON has finite numbers");
    });
}

void sweep_summary(std::string_view input) {
    accept_or_refuse([&] {
        const SweepSummary sweep = parse_sweep_summary(input, "fuzz.csv");
        for (const SweepRow& row : sweep.rows) {
            require(row.values.size() == sweep.axes.size(), "a row has a value for each axis");
        }
        check_round_trip(sweep);
    });
}

void config_diff(std::string_view input) {
    const std::vector<std::string> files = files_of(input, 2);
    accept_or_refuse([&] {
        Diff diff;
        diff.config =
            config_differences(parse_config_values(files[0], "a.json"), parse_config_values(files[1], "b.json"));
        require(!diff_json(diff, true).empty() && (diff.config.empty() || !diff_text(diff, {}, true).empty()),
                "a difference is shown");
    });
}

void logged_run(std::string_view input) {
    accept_or_refuse([&] { check_run(run_of(files_of(input, 6), 0)); });
}

void report(std::string_view input) {
    const std::vector<std::string> files = files_of(input, 8);
    accept_or_refuse([&] {
        ReportData data;
        for (const char* label : {"one", "other"}) {
            ReportRun run;
            run.label = label;
            run.directory = label;
            run.status = "done";
            run.settings = parse_config_values(files[0], "fuzz.json");
            run.logged = run_of(files, 2);
            if (!run.logged.epochs.empty()) run.test_error = run.logged.epochs.back().test_error;
            data.runs.push_back(std::move(run));
        }
        if (!files[1].empty()) data.sweep = parse_sweep_summary(files[1], "fuzz.csv");
        group_runs(data);
        require(report_page(data, usual_step(data)).ends_with("</html>\n"), "a page has an end");
    });
}

}  // namespace bnrun::fuzz
