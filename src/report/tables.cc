#include "report/tables.h"

#include <fmt/format.h>

#include "base/statistics.h"
#include "report/averages.h"
#include "report/cards.h"
#include "report/html.h"
#include "report/ranking.h"
#include "report/samples.h"
#include "report/settings_box.h"
#include "report/show_verdict.h"

namespace bnrun {
namespace {

constexpr std::size_t kTall = 12;  ///< rows that have room without scrolling

std::string status_text(const ReportRun& run) {
    if (run.status == "running") return "running, or cut off";
    if (run.status == "unknown") return "unknown (no summary.json)";
    return run.status;
}

std::string spread_of_errors(const ReportData& data, const ReportGroup& group,
                             std::optional<double> ReportRun::*error) {
    return spread_text(spread_of(errors_of(data, group, error)));
}

bool has_validation(const ReportData& data) { return ranking_error(data) == &ReportRun::validation_error; }

bool shows_keys(const ReportData& data) { return data.groups.size() > kFewColumns; }

Cells settings_head(const ReportData& data) {
    Cells head{"setting"};
    if (has_validation(data)) head.emplace_back("validation error");
    head.insert(head.end(),
                {"test error", "factor from layer to layer", "verdict", "training error", "runs", "not done"});
    if (!shows_keys(data)) return head;
    for (const std::string& key : data.differing) head.push_back("<code>" + escaped(key) + "</code>");
    return head;
}

std::string settings_row(const ReportData& data, std::size_t g, std::int64_t step) {
    const ReportGroup& group = data.groups[g];
    const Verdict verdict = verdict_of(mean_norms(data, group, step).mean);
    const std::string trouble = trouble_of(data, group);
    Cells cells{sample_svg(group) + escaped(group.label)};
    if (has_validation(data)) cells.push_back(spread_of_errors(data, group, &ReportRun::validation_error));
    cells.insert(cells.end(), {spread_of_errors(data, group, &ReportRun::test_error), factor_cell(verdict),
                               flow_name(verdict.flow), spread_of_errors(data, group, &ReportRun::train_error),
                               std::to_string(group.runs.size()), trouble.empty() ? "–" : escaped(trouble)});
    if (shows_keys(data)) {
        for (const std::string& key : data.differing) cells.push_back(value_cell(data, group, key));
    }
    return body_row(cells, trouble.empty() ? "" : " class=\"undone\"");
}

/// Those of the best setting first.
std::vector<std::size_t> runs_in_order(const ReportData& data) {
    std::vector<std::size_t> runs;
    for (const std::size_t g : ranked(data)) {
        runs.insert(runs.end(), data.groups[g].runs.begin(), data.groups[g].runs.end());
    }
    return runs;
}

std::string run_row(const ReportData& data, const ReportRun& run) {
    const auto& rows = run.logged.iterations;
    const std::string last = rows.empty() ? "–" : fmt::format("{}:{}", rows.back().epoch, rows.back().iteration);
    const std::string source = run.setting("data.source");
    Cells cells{
        escaped(run.label),
        escaped(status_text(run)),
        error_text(run.test_error),
        error_text(run.train_error),
        last,
        run.seconds ? fmt::format("<data value=\"{}\">{}</data>", *run.seconds, duration_text(*run.seconds)) : "–",
        escaped(source.empty() ? "–" : source)};
    if (has_validation(data)) cells.push_back(error_text(run.validation_error));
    return body_row(cells, run.status == "done" ? "" : " class=\"undone\"");
}

}  // namespace

std::string settings_table(const ReportData& data, std::int64_t step) {
    std::string body;
    for (const std::size_t g : ranked(data)) body += settings_row(data, g, step);
    return table_html("Settings and their results", data.groups.size() > kTall ? "sorts tall" : "sorts",
                      settings_head(data), body);
}

std::string runs_table(const ReportData& data) {
    Cells head{"run", "status", "test error", "training error", "last row (epoch:iteration)", "time", "data"};
    if (has_validation(data)) head.emplace_back("validation error");
    std::string body;
    for (const std::size_t run : runs_in_order(data)) body += run_row(data, data.runs[run]);
    return table_html("Runs", data.runs.size() > kTall ? "sorts tall" : "sorts", head, body);
}

std::string readout_table(const ReportData& data, std::int64_t step) {
    Cells head{"gradient norm of layer"};
    for (std::size_t l = 1; l <= most_layers(data); ++l) head.push_back(std::to_string(l));
    std::string body;
    for (const std::size_t g : shown_groups(data)) {
        const std::vector<double> norms = mean_norms(data, data.groups[g], step).mean;
        Cells cells{sample_svg(data.groups[g]) + escaped(data.groups[g].label)};
        for (const double norm : norms) cells.push_back(number_label(norm));
        cells.resize(head.size());
        body += body_row(cells, " " + group_attributes(g));
    }
    return table_html("Gradient norm of each layer at the chosen iteration", "readout", head, body);
}

}  // namespace bnrun
