#include "report/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/printable.h"
#include "chart/assets.h"
#include "chart/palette.h"
#include "chart/thinning.h"
#include "report/assets.h"
#include "report/figures/list.h"
#include "report/groups.h"
#include "report/tables.h"
#include "report/target.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostFrames = 300;
constexpr std::size_t kMostFramesOfMany = 150;
constexpr std::size_t kManyRuns = 12;
constexpr std::size_t kRunsListed = 8;
constexpr std::size_t kSettingsNamed = 4;

/// Of a figure's picture in the page, by which the script finds it.
std::string id_of(const Figure& figure, std::size_t drawing) { return fmt::format("{}-{}", figure.name, drawing); }

/// @param before, after what stands above and below the drawings
std::string figure_html(const Figure& figure, const std::string& heading, const std::string& before = "",
                        const std::string& after = "") {
    std::string drawings;
    for (std::size_t i = 0; i < figure.drawings.size(); ++i) {
        drawings += inline_svg(figure.drawings[i], id_of(figure, i)) + "\n";
    }
    if (figure.drawings.empty()) drawings = "<p>No iteration was logged.</p>\n";
    const bool has_legend = figure.legend_on_page && figure.legend.height > 0;
    const std::string legend = has_legend ? inline_svg(figure.legend, figure.name + "-legend") + "\n" : "";
    return fmt::format(
        "<section id=\"{0}\" aria-labelledby=\"{0}-heading\">\n<h2 id=\"{0}-heading\">{1}</h2>\n{2}<figure>\n"
        "<div class=\"{3}\">\n{4}{5}</div>\n<figcaption>{6}</figcaption>\n</figure>\n{7}</section>\n",
        figure.name, escaped(heading), before, figure.columns > 1 ? "panels" : "wide", legend, drawings,
        escaped(figure.caption), after);
}

std::string player_html(const Steps& steps, std::size_t at, const std::string& label, const char* id) {
    if (steps.steps.size() < 2) return "";
    const std::string thinned = steps.stride > 1 ? fmt::format("<p class=\"note\">The slider stops at {}.</p>\n",
                                                               every_text(steps.stride, steps.all))
                                                 : "";
    return fmt::format(
        "<div class=\"player\" hidden><button type=\"button\" class=\"play\">Play</button><label "
        "for=\"{0}\">Iteration</label>"
        "<input id=\"{0}\" type=\"range\" min=\"0\" max=\"{1}\" step=\"1\" value=\"{2}\" aria-valuetext=\"{3}\">"
        "<output for=\"{0}\">{3}</output></div>\n{4}",
        id, steps.steps.size() - 1, at, escaped(label), thinned);
}

std::string legend_html(const ReportData& data) {
    std::string html = "<div class=\"legend\" role=\"group\" aria-label=\"Settings to show\">";
    for (std::size_t g = 0; g < data.groups.size(); ++g) {
        const ReportGroup& group = data.groups[g];
        const std::string count = group.runs.size() > 1 ? fmt::format(" <small>×{}</small>", group.runs.size()) : "";
        html += fmt::format("<button type=\"button\" aria-pressed=\"true\" data-toggles=\"{}\">{}{}{}</button>", g,
                            sample_svg({group.colour, group.dash}), escaped(group.label), count);
    }
    return html + "</div>\n";
}

std::string overview_html(const ReportData& data, std::int64_t step) {
    std::string html =
        "<section id=\"overview\" aria-labelledby=\"overview-heading\">\n<h2 id=\"overview-heading\">Results</h2>\n";
    html += settings_table(data, step);
    html += "<p class=\"note\">Mean ± standard deviation over the runs of a setting. Gradient norms: " +
            escaped(step_text(data, step)) +
            "; a ratio near 1 means that all layers learn alike, one far below 1 that the first ones hardly do.</p>\n";
    const bool folded = data.runs.size() > kRunsListed;
    html += std::string("<details") + (folded ? "" : " open") + "><summary>" + std::to_string(data.runs.size()) +
            (data.runs.size() == 1 ? " run" : " runs") + "</summary>\n" + runs_table(data) + "</details>\n";
    for (const std::string& note : data.notes) html += "<p class=\"note\">" + escaped(note) + "</p>\n";
    if (data.runs.size() == 1) return html + "</section>\n";
    const std::string differences = differences_table(data);
    html += "<h2>What the configs differ in</h2>\n";
    html += differences.empty() ? "<p>Nothing but names and seeds.</p>\n" : differences;
    return html + "</section>\n";
}

/// Where the sliders may stand, and where they stand at first.
struct Slides {
    Steps steps;
    std::size_t at = 0;
    std::int64_t step = 0;  ///< there
};

Slides slides_of(const ReportData& data, std::int64_t step) {
    Slides slides{steps_of(data, data.runs.size() > kManyRuns ? kMostFramesOfMany : kMostFrames), 0, step};
    const std::vector<std::int64_t>& steps = slides.steps.steps;
    const auto found = std::lower_bound(steps.begin(), steps.end(), step);
    if (found != steps.end()) slides.at = static_cast<std::size_t>(found - steps.begin());
    if (!steps.empty()) slides.step = steps[slides.at];
    return slides;
}

/// @param heading those that stand before the results, or the others.
std::string figures_html(const ReportData& data, const std::vector<DrawnFigure>& figures, const Slides& slides,
                         bool heading) {
    const std::string label = step_text(data, slides.step);
    std::string html;
    for (const auto& [kind, figure] : figures) {
        if (kind->heads_page != heading) continue;
        if (!kind->slider) {
            html += figure_html(figure, figure.heading);
            continue;
        }
        html +=
            figure_html(figure, kind->slider->heading, player_html(slides.steps, slides.at, label, kind->slider->id),
                        kind->slider->has_readout ? readout_table(data, slides.step) : "");
    }
    return html;
}

/// As JSON in a script element, which no text may end.
std::string script_text(const std::string& text) {
    std::string json = "\"";
    for (const char c : printable(text)) {
        if (c == '"' || c == '\\') json += '\\';
        json += c == '<' ? "\\u003c" : std::string(1, c);
    }
    return json + "\"";
}

/// What the lines of each picture stand for, point by point: `"loss-0":["iteration",["","1+1","2.5 2.4"],…]`.
std::string points_json(const std::vector<DrawnFigure>& figures) {
    std::string json;
    for (const auto& [kind, figure] : figures) {
        for (std::size_t i = 0; i < figure.drawings.size(); ++i) {
            const Drawing& drawing = figure.drawings[i];
            if (drawing.points.empty()) continue;
            json += fmt::format("{}\"{}\":[\"{}\"", json.empty() ? "" : ",\n", id_of(figure, i), drawing.along);
            for (const PointTexts& line : drawing.points) {
                json += fmt::format(",[\"{}\",\"{}\",\"{}\"]", line.part, line.along, line.values);
            }
            json += "]";
        }
    }
    return json;
}

/// All that the page's script reads.
std::string script_json(const ReportData& data, const std::vector<DrawnFigure>& figures, const Steps& steps) {
    std::string names;
    for (const ReportRun& run : data.runs) names += (names.empty() ? "" : ",") + script_text(run.label);
    return fmt::format("{{\"names\":[{}],\n{},\n\"points\":{{{}}}}}", names, frames_json(data, steps),
                       points_json(figures));
}

std::string title_of(const ReportData& data) {
    std::string title;
    if (data.groups.size() > kSettingsNamed) {
        for (const std::string& key : key_labels(data.differing)) title += (title.empty() ? "" : ", ") + key;
        return fmt::format("{} runs of {} settings: {}", data.runs.size(), data.groups.size(), title);
    }
    for (const ReportGroup& group : data.groups) {
        title += (title.empty() ? "" : " · ") + group.label;
    }
    return title;
}

}  // namespace

std::string report_page(const ReportData& data, std::int64_t step, const std::vector<std::string>& names) {
    const Slides slides = slides_of(data, step);
    const std::vector<DrawnFigure> figures = draw_figures(data, slides.step, names);
    const std::string title = escaped(title_of(data));
    std::string html = fmt::format(
        "<!doctype html>\n{}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">\n<title>{}</title>\n<style>\n{}{}{}</style>\n</head>\n<body>\n<main>\n"
        "<header><p class=\"kind\">bnrun report</p><h1>{}</h1></header>\n",
        kReportMark, title, chart_css(), layer_rules(), report_css(), title);
    html += figures_html(data, figures, slides, true) + overview_html(data, step);
    html += legend_html(data) + figures_html(data, figures, slides, false);
    html += "<section id=\"tables\" aria-labelledby=\"tables-heading\">\n<h2 id=\"tables-heading\">Tables</h2>\n";
    for (const ReportRun& run : data.runs) html += logged_tables(run);
    html += "</section>\n</main>\n<script type=\"application/json\" id=\"data\">" +
            script_json(data, figures, slides.steps) + "</script>\n<script>\n" + std::string(report_js()) +
            "</script>\n</body>\n</html>\n";
    return html;
}

}  // namespace bnrun
