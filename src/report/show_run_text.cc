#include "report/show_run_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/columns.h"
#include "base/printable.h"
#include "chart/scale.h"
#include "report/show_verdict.h"
#include "settings/brief.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr std::size_t kLabel = 11;           ///< columns of the labels at the top
constexpr std::size_t kWideEnough = 76;      ///< for one table with everything
constexpr std::size_t kFewestOfPicture = 6;  ///< columns of bars and sparklines
constexpr std::size_t kMostOfBar = 40;
constexpr std::size_t kGap = 1;
constexpr const char* kLineHeading = "over iterations";

std::string error_line(const char* name, const std::optional<double>& error) {
    return error ? fmt::format("{} {:.4f}", name, *error) : "";
}

std::string joined(const std::vector<std::string>& parts, const char* between) {
    std::string text;
    for (const std::string& part : parts) {
        if (!part.empty()) text += (text.empty() ? "" : between) + part;
    }
    return text;
}

std::string status_text(const RunOutline& run) {
    const StoredResult& result = run.result;
    std::string text = run.state;
    if (run.state == "cut off") text += " (its summary says running, but no process works on it; --resume goes on)";
    if (result.epoch.value_or(0) > 0) {
        const std::string of = run.config ? fmt::format(" of {}", run.config->train.epochs) : "";
        text += fmt::format(", epoch {}{}, iteration {}", *result.epoch, of, result.iteration.value_or(0));
    }
    return text;
}

std::string errors_text(const StoredResult& result) {
    std::string test = error_line("test", result.test_error);
    if (!test.empty() && result.test_wrong && result.test_samples)
        test += fmt::format(" ({} of {})", *result.test_wrong, *result.test_samples);
    return joined({error_line("validation", result.validation_error), test, error_line("training", result.train_error)},
                  ", ");
}

std::string time_text_of(const RunOutline& run) {
    const StoredResult& result = run.result;
    const std::string written = local_time(run.written);
    return joined({result.seconds ? fmt::format("{:.1f} s", *result.seconds) : "",
                   result.samples_per_second ? fmt::format("{:.0f} samples/s", *result.samples_per_second) : "",
                   result.threads ? fmt::format("{} threads", *result.threads) : "",
                   written.empty() ? "" : (is_running(run) ? "at " : "ended ") + written},
                  ", ");
}

std::string settings_text(const RunOutline& run) {
    if (!run.config) return run.config_problem;
    std::vector<std::string> parts;
    for (const auto& [key, value] : changed_settings(*run.config))
        parts.push_back(first_characters(key + "=" + value_text(value), kMostOfGiven));
    return parts.empty() ? "all defaults" : joined(parts, ", ");
}

std::string head_text(const ShownRun& run, const TextLook& look) {
    const RunOutline& outline = run.outline;
    const StoredResult& result = outline.result;
    const std::string commit = result.commit.empty() ? "" : "commit " + result.commit;
    std::string text;
    const auto add = [&](const char* label, const std::string& value) {
        if (!value.empty()) text += wrapped(std::string("  ") + label, kLabel, printable(value), look);
    };
    add("status", status_text(outline));
    add("error", errors_text(result));
    add("time", time_text_of(outline));
    add("data", result.source);
    add("program", joined({result.version.empty() ? "" : "bnrun " + result.version, commit}, ", "));
    add("net", outline.config ? in_short(*outline.config) : "");
    add("settings", settings_text(outline));
    return text;
}

/// As many values as there are columns, at even distances; all of them where they are no more.
std::vector<double> thinned_to(const std::vector<double>& values, std::size_t columns) {
    if (values.size() <= columns) return values;
    if (columns < 2) return {values.back()};
    std::vector<double> picked;
    for (std::size_t i = 0; i < columns; ++i) picked.push_back(values[i * (values.size() - 1) / (columns - 1)]);
    return picked;
}

constexpr double kLeastOfNorms = 10;    ///< factors that fill a sparkline's height, at least
constexpr double kLeastOfErrors = 1.5;  ///< of losses and errors, of which less matters

std::string line_of(const std::vector<double>& values, std::size_t columns, double least_factor) {
    return sparkline(log_heights(thinned_to(values, columns), least_factor));
}

/// Of all layers' bars: from the power of ten below the smallest norm to the one above the largest.
Scale bar_scale(const ShownRun& run) {
    Extent extent;
    for (const double norm : run.norms) extent.add_positive(norm);
    return Scale::rounded(ScaleKind::kLog, extent, 0, 1);
}

std::string ends_of(const Scale& scale) { return number_label(scale.low(), 1) + "…" + number_label(scale.high(), 1); }

std::string layer_name(const ShownRun& run, std::size_t layer) {
    return layer + 1 == run.norms.size() ? "output" : std::to_string(layer + 1);
}

std::string factor_cell(const std::vector<double>& norms, std::size_t layer) {
    if (layer == 0) return "";
    const double factor = norms[layer] / norms[layer - 1];
    return std::isfinite(factor) && factor > 0 ? "×" + factor_text(factor) : "";
}

std::string range_cell(const ShownRun& run, std::size_t layer) {
    if (layer >= run.low.size()) return "";
    return number_label(run.low[layer], 2) + "…" + number_label(run.high[layer], 2);
}

using Row = std::vector<std::string>;

/// Which of a layer's columns a table has.
struct LayerColumns {
    bool bars = false;
    bool lines = false;
};

/// The columns of text, and a place for each picture.
TextTable layers_table(const ShownRun& run, LayerColumns columns, std::size_t bar, std::size_t line) {
    TextTable table{{Align::kRight}, {{"layer"}}, kGap, 0};
    const auto add = [&](Align align, const std::string& heading, const auto& cell) {
        table.aligns.push_back(align);
        table.rows.front().push_back(heading);
        for (std::size_t layer = 0; layer < run.norms.size(); ++layer) table.rows[layer + 1].push_back(cell(layer));
    };
    for (std::size_t layer = 0; layer < run.norms.size(); ++layer) table.rows.push_back(Row{layer_name(run, layer)});
    const Scale scale = bar_scale(run);
    if (columns.bars) {
        add(Align::kLeft, "norm", [&](std::size_t layer) { return number_label(run.norms[layer]); });
        add(Align::kLeft, ends_of(scale),
            [&](std::size_t layer) { return text_bar(scale.at(run.norms[layer]).value_or(0), bar); });
        add(Align::kRight, "factor", [&](std::size_t layer) { return factor_cell(run.norms, layer); });
    }
    if (!columns.lines) return table;
    add(Align::kLeft, kLineHeading,
        [&](std::size_t layer) { return line_of(run.history[layer], line, kLeastOfNorms); });
    if (!run.low.empty()) add(Align::kLeft, "outputs", [&](std::size_t layer) { return range_cell(run, layer); });
    return table;
}

std::size_t width_of(const std::vector<std::string>& lines) {
    std::size_t width = 0;
    for (const std::string& line : lines) width = std::max(width, columns_of(line));
    return width;
}

/// The table with pictures that fill the columns which its text leaves.
std::string layers_text(const ShownRun& run, LayerColumns columns, const TextLook& look) {
    const std::size_t pictures = (columns.bars ? 1 : 0) + (columns.lines ? 1 : 0);
    TextLook free = look;
    free.is_cut = false;
    const std::size_t least = width_of(text_table(layers_table(run, columns, 1, 1), free));
    const std::string headings =
        (columns.bars ? as_shown(ends_of(bar_scale(run)), look.glyphs) : "") + (columns.lines ? kLineHeading : "");
    const std::size_t taken = least - std::min(least, columns_of(headings));
    const std::size_t room = look.columns - std::min(look.columns, taken);
    const std::size_t picture = std::clamp(room / pictures, kFewestOfPicture, kMostOfBar);
    std::string text;
    for (const std::string& line : text_table(layers_table(run, columns, picture, picture), look)) text += line + "\n";
    return text;
}

Emphasis emphasis_of(GradientFlow flow) {
    return flow == GradientFlow::kEven      ? Emphasis::kGood
           : flow == GradientFlow::kUnknown ? Emphasis::kStrong
                                            : Emphasis::kBad;
}

/// `loss  ▇▅▃▂  2.35 to 0.31`
std::string course_text(const char* name, const std::vector<double>& values, const TextLook& look) {
    if (values.size() < 2) return "";
    const std::string ends = number_label(values.front()) + " to " + number_label(values.back());
    const std::size_t taken = kLabel + 1 + columns_of(ends);
    const std::size_t room = std::clamp(look.columns - std::min(look.columns, taken), kFewestOfPicture, kMostOfBar);
    const std::string label = fmt::format("{:<{}}", name, kLabel);
    return as_shown(label + line_of(values, room, kLeastOfErrors) + " " + ends, look.glyphs) + "\n";
}

std::string norms_text(const ShownRun& run, const TextLook& look) {
    const std::string norm = norm_of(run.outline);
    const std::string heading = fmt::format("At {}: gradient norm{} of each layer, and its factor to the one before",
                                            place_text(run), norm.empty() ? "" : " (" + norm + ")");
    std::string text = "\n" + wrapped("", 0, heading, look);
    if (look.columns >= kWideEnough) {
        text += layers_text(run, {true, true}, look);
    } else {
        text += layers_text(run, {true, false}, look) + "\n" + layers_text(run, {false, true}, look);
    }
    const Verdict verdict = verdict_of(run.norms);
    return text + "\n" + emphasized(as_shown(verdict_text(verdict), look.glyphs), emphasis_of(verdict.flow), look) +
           "\n";
}

}  // namespace

std::string place_text(const ShownRun& run) {
    const std::string of = run.iterations > 0 ? fmt::format(" of {}", run.iterations) : "";
    return fmt::format("epoch {}, iteration {}{}", run.epoch, run.iteration, of);
}

std::string norm_of(const RunOutline& run) {
    return run.config ? std::string(kNormNames.at(static_cast<std::size_t>(run.config->log.norm))) : "";
}

std::string show_run_text(const ShownRun& run, const TextLook& look) {
    const std::string title = as_shown(printable(run.outline.name + "  " + run.outline.directory), look.glyphs);
    std::string text = emphasized(title, Emphasis::kStrong, look) + "\n" + head_text(run, look);
    if (!run.norms.empty()) text += norms_text(run, look);
    const std::string courses =
        course_text("loss", run.losses, look) + course_text("test error", run.test_errors, look);
    if (!courses.empty()) text += "\n" + courses;
    const std::string layers = show_layers_text(run.layers, look);
    if (!layers.empty()) text += "\n" + layers;
    for (const std::string& note : run.notes) text += "\n" + wrapped("", 0, printable(note), look);
    return text;
}

}  // namespace bnrun
