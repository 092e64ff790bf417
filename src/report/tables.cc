#include "report/tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/paths.h"
#include "base/statistics.h"
#include "chart/thinning.h"
#include "files/run_files.h"
#include "report/groups.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostTableRows = 30;
constexpr std::size_t kFewColumns = 4;

using Cells = std::vector<std::string>;  // escaped

std::string row_html(const char* tag, const Cells& cells, const std::string& attributes = "") {
    std::string html = "<tr" + attributes + ">";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const bool heads = i == 0 || std::string_view(tag) == "th";
        const char* const scope = std::string_view(tag) == "th" ? "col" : "row";
        html += heads ? fmt::format("<th scope=\"{}\">{}</th>", scope, cells[i]) : "<td>" + cells[i] + "</td>";
    }
    return html + "</tr>\n";
}

std::string table_html(const std::string& label, const std::string& classes, const Cells& head,
                       const std::string& body) {
    return fmt::format(
        "<div class=\"scroll {}\" tabindex=\"0\" role=\"region\" aria-label=\"{}\"><table>\n<thead>{}</thead>\n"
        "<tbody>\n{}</tbody></table></div>\n",
        classes, escaped(label), row_html("th", head), body);
}

std::string optional_text(const std::optional<double>& value) { return value ? fmt::format("{:.4f}", *value) : "–"; }

std::string status_text(const ReportRun& run) {
    if (run.status == "running") return "running, or cut off";
    if (run.status == "unknown") return "unknown (no summary.json)";
    return run.status;
}

/// First layer's norm over the last one's: the geometric mean over the setting's runs.
std::string ratio_text(const ReportData& data, const ReportGroup& group, std::int64_t step) {
    double sum = 0;
    std::size_t count = 0;
    for (const std::size_t run : group.runs) {
        const IterationRecord* const row = row_at(data.runs[run], step);
        if (row == nullptr || row->gradient_norms.empty()) continue;
        const double ratio = row->gradient_norms.front() / row->gradient_norms.back();
        if (!(ratio > 0) || !std::isfinite(ratio)) continue;
        sum += std::log(ratio);
        ++count;
    }
    return count == 0 ? "–" : number_label(std::exp(sum / static_cast<double>(count)), 2);
}

Cells layer_names(std::size_t layers) {
    Cells names;
    for (std::size_t l = 1; l <= layers; ++l) names.push_back(std::to_string(l));
    return names;
}

bool any_validates(const ReportData& data) {
    return std::any_of(data.runs.begin(), data.runs.end(), [](const ReportRun& run) { return run.validation_error; });
}

void append(Cells& cells, const std::vector<double>& values) {
    for (const double value : values) cells.push_back(number_label(value));
}

std::string thinned_note(std::size_t rows, std::size_t stride, const std::string& file) {
    const std::string what = stride > 1 ? "Shown: " + every_text(stride, rows) + ". All are in " : "Also in ";
    return "<p class=\"note\">" + what + "<code>" + escaped(file) + "</code>.</p>\n";
}

/// One of a run's logged tables: some of its rows, and the file that has all.
struct LoggedTable {
    const char* heading;
    const char* name;  ///< of whose it is
    const char* file;
    Cells head;
};

template <class Rows, class CellsOf>
std::string logged_html(const ReportRun& run, const LoggedTable& table, const Rows& rows, CellsOf cells_of) {
    const std::size_t stride = stride_for(rows.size(), kMostTableRows);
    std::string body;
    for (const std::size_t i : every(stride, rows.size())) body += row_html("td", cells_of(rows[i]));
    return fmt::format("<h4>{}</h4>\n", table.heading) +
           thinned_note(rows.size(), stride, path_in(run.directory, table.file)) +
           table_html(table.name + (" of " + run.label), "", table.head, body);
}

/// Epoch and iteration, and whatever follows for the layers.
Cells head_with_layers(Cells head, std::size_t layers) {
    for (const std::string& layer : layer_names(layers)) head.push_back("layer " + layer);
    return head;
}

std::string gradients_html(const ReportRun& run) {
    const LoggedTable table{"Loss and gradient norms", "Gradient norms", kGradientsFile,
                            head_with_layers({"epoch", "iteration", "loss"}, run.layers())};
    return logged_html(run, table, run.logged.iterations, [](const IterationRecord& row) {
        Cells cells{std::to_string(row.epoch), std::to_string(row.iteration), number_label(row.loss, 4)};
        append(cells, row.gradient_norms);
        return cells;
    });
}

std::string activations_html(const ReportRun& run) {
    const auto& rows = run.logged.iterations;
    const std::size_t layers = rows.empty() ? 0 : rows.front().activation_min.size();
    const LoggedTable table{"Smallest … largest output of each hidden layer", "Activation ranges", kActivationsFile,
                            head_with_layers({"epoch", "iteration"}, layers)};
    return logged_html(run, table, rows, [](const IterationRecord& row) {
        Cells cells{std::to_string(row.epoch), std::to_string(row.iteration)};
        for (std::size_t l = 0; l < row.activation_min.size(); ++l) {
            cells.push_back(number_label(row.activation_min[l]) + "…" + number_label(row.activation_max[l]));
        }
        return cells;
    });
}

std::string epochs_html(const ReportRun& run) {
    Cells head{"epoch", "training loss", "training error", "test loss", "test error"};
    if (!run.logged.epochs.empty() && run.logged.epochs.front().validation)
        head.insert(head.end(), {"validation loss", "validation error"});
    const LoggedTable table{"Epochs", "Epochs", kEpochsFile, head};
    return logged_html(run, table, run.logged.epochs, [](const EpochRecord& row) {
        Cells cells{std::to_string(row.epoch)};
        append(cells, {row.train_loss, row.train_error, row.test_loss, row.test_error});
        if (row.validation) append(cells, {row.validation->loss, row.validation->error});
        return cells;
    });
}

}  // namespace

std::string sample_svg(const Style& style) {
    return fmt::format(
        R"(<svg class="sample" aria-hidden="true" viewBox="0 0 26 12"><path class="{}" d="M0 6h26"/><path class="{}" d="{}"/></svg>)",
        style.line(), style.fill(), marker_shape(style.dash, {13, 6}, 3.4));
}

std::string settings_table(const ReportData& data, std::int64_t step) {
    const auto spread = [&](const ReportGroup& group, std::optional<double> ReportRun::*error) {
        std::vector<double> found;
        for (const std::size_t run : group.runs) {
            if (data.runs[run].*error) found.push_back(*(data.runs[run].*error));
        }
        return spread_text(spread_of(found));
    };
    Cells head{"setting", "test error", "first ÷ last layer’s gradient norm", "training error", "runs"};
    if (any_validates(data)) head.emplace_back("validation error");
    std::string body;
    for (const ReportGroup& group : data.groups) {
        Cells cells{sample_svg({group.colour, group.dash}) + escaped(group.label),
                    spread(group, &ReportRun::test_error), ratio_text(data, group, step),
                    spread(group, &ReportRun::train_error), std::to_string(group.runs.size())};
        if (cells.size() < head.size()) cells.push_back(spread(group, &ReportRun::validation_error));
        body += row_html("td", cells);
    }
    return table_html("Settings and their results", data.groups.size() > 12 ? "tall" : "", head, body);
}

std::string runs_table(const ReportData& data) {
    Cells head{"run", "status", "test error", "training error", "last row (epoch:iteration)", "data"};
    if (any_validates(data)) head.emplace_back("validation error");
    std::string body;
    for (const ReportRun& run : data.runs) {
        const auto& rows = run.logged.iterations;
        const std::string last = rows.empty() ? "–" : fmt::format("{}:{}", rows.back().epoch, rows.back().iteration);
        const std::string data_source = run.setting("data.source");
        Cells cells{escaped(run.label),
                    escaped(status_text(run)),
                    optional_text(run.test_error),
                    optional_text(run.train_error),
                    last,
                    escaped(data_source.empty() ? "–" : data_source)};
        if (cells.size() < head.size()) cells.push_back(optional_text(run.validation_error));
        body += row_html("td", cells, run.status == "done" ? "" : " class=\"undone\"");
    }
    return table_html("Runs", data.runs.size() > 12 ? "tall" : "", head, body);
}

std::string differences_table(const ReportData& data) {
    if (data.differing.empty()) return "";
    const auto value = [&](const ReportGroup& group, const std::string& key) {
        const std::string text = data.runs[group.runs.front()].setting(key);
        return text.empty() ? "–" : escaped(text);
    };
    Cells head{"setting"};
    std::string body;
    if (data.groups.size() <= kFewColumns) {
        head.front() = "key";
        for (const ReportGroup& group : data.groups)
            head.push_back(sample_svg({group.colour, group.dash}) + escaped(group.label));
        for (const std::string& key : data.differing) {
            Cells cells{"<code>" + escaped(key) + "</code>"};
            for (const ReportGroup& group : data.groups) cells.push_back(value(group, key));
            body += row_html("td", cells);
        }
    } else {
        for (const std::string& key : data.differing) head.push_back("<code>" + escaped(key) + "</code>");
        for (const ReportGroup& group : data.groups) {
            Cells cells{sample_svg({group.colour, group.dash}) + escaped(group.label)};
            for (const std::string& key : data.differing) cells.push_back(value(group, key));
            body += row_html("td", cells);
        }
    }
    return table_html("What the configs differ in", data.groups.size() > 12 ? "tall" : "", head, body);
}

std::string readout_table(const ReportData& data, std::int64_t step) {
    Cells head{"run"};
    for (const std::string& layer : layer_names(most_layers(data))) head.push_back(layer);
    std::string body;
    for (std::size_t i = 0; i < data.runs.size(); ++i) {
        const ReportRun& run = data.runs[i];
        if (run.logged.iterations.empty()) continue;
        Cells cells{sample_svg(style_of(data, run)) + escaped(run.label)};
        const IterationRecord* const row = row_at(run, step);
        if (row != nullptr) append(cells, row->gradient_norms);
        cells.resize(head.size());
        body += row_html("td", cells, " " + run_attributes(data, i));
    }
    return table_html("Gradient norm of each layer at the chosen iteration", "readout tall", head, body);
}

std::string logged_tables(const ReportRun& run) {
    std::string html = "<details><summary>" + escaped(run.label) + "</summary>\n";
    if (run.logged.iterations.empty() && run.logged.epochs.empty())
        return html + "<p>Nothing was logged.</p></details>\n";
    if (!run.logged.iterations.empty()) html += gradients_html(run) + activations_html(run);
    if (!run.logged.epochs.empty()) html += epochs_html(run);
    return html + "</details>\n";
}

}  // namespace bnrun
