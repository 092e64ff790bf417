#include "report/page.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/printable.h"
#include "chart/assets.h"
#include "chart/palette.h"
#include "chart/thinning.h"
#include "report/assets.h"
#include "report/cards.h"
#include "report/figures/list.h"
#include "report/groups.h"
#include "report/logged_tables.h"
#include "report/ranking.h"
#include "report/samples.h"
#include "report/settings_box.h"
#include "report/tables.h"
#include "report/target.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostFrames = 300;
constexpr std::size_t kMostFramesOfMany = 150;
constexpr std::size_t kManyGroups = 4;
constexpr std::size_t kRunsListed = 8;
constexpr std::size_t kSettingsNamed = 4;

/// Of a figure's picture in the page, by which the script finds it.
std::string id_of(const Figure& figure, std::size_t drawing) { return fmt::format("{}-{}", figure.name, drawing); }

std::string keys_html(const std::vector<LegendEntry>& entries) {
    if (entries.empty()) return "";
    std::string html = "<ul class=\"keys\">";
    for (const LegendEntry& entry : entries) {
        html += "<li>" + sample_svg(entry.style) + escaped(entry.label) + "</li>";
    }
    return html + "</ul>\n";
}

/// A cell for each drawing. The first one has what holds for all: legend and caption.
std::string figure_html(const Figure& figure, const std::string& heading) {
    const std::string words = "<p class=\"note\">" + escaped(figure.caption) + "</p>\n";
    std::string html;
    for (std::size_t i = 0; i < std::max<std::size_t>(figure.drawings.size(), 1); ++i) {
        const std::string id = i == 0 ? figure.name : fmt::format("{}-cell-{}", figure.name, i);
        const std::string drawing = figure.drawings.empty() ? "<p>No iteration of it was logged.</p>"
                                                            : inline_svg(figure.drawings[i], id_of(figure, i));
        const bool has_key = i == 0 && figure.legend_on_page && figure.legend.height > 0;
        html += fmt::format(
            "<section id=\"{0}\" aria-labelledby=\"{0}-heading\">\n<h2 id=\"{0}-heading\">{1}</h2>\n{2}{3}\n{4}{5}"
            "</section>\n",
            id, escaped(heading), i == 0 ? keys_html(figure.entries) : "", drawing,
            has_key ? inline_svg(figure.legend, figure.name + "-legend") + "\n" : "", i == 0 ? words : "");
    }
    return html;
}

/// Where the slider may stand, and where it stands at first.
struct Slides {
    Steps steps;
    std::size_t at = 0;
    std::int64_t step = 0;  ///< there
};

Slides slides_of(const ReportData& data, std::int64_t step) {
    Slides slides{steps_of(data, data.groups.size() > kManyGroups ? kMostFramesOfMany : kMostFrames, step), 0, step};
    const std::vector<std::int64_t>& steps = slides.steps.steps;
    const auto found = std::lower_bound(steps.begin(), steps.end(), step);
    if (found != steps.end()) slides.at = static_cast<std::size_t>(found - steps.begin());
    if (!steps.empty()) slides.step = steps[slides.at];
    return slides;
}

std::string player_html(const ReportData& data, const Slides& slides) {
    const Steps& steps = slides.steps;
    if (steps.steps.size() < 2) return "";
    return fmt::format(
        "<div class=\"player\" hidden><button type=\"button\" class=\"play\">Play</button><label "
        "for=\"step\">Iteration</label>"
        "<input id=\"step\" type=\"range\" min=\"0\" max=\"{0}\" step=\"1\" value=\"{1}\" aria-valuetext=\"{2}\">"
        "<output for=\"step\">{2}</output></div>\n",
        steps.steps.size() - 1, slides.at, escaped(step_text(data, slides.step)));
}

std::string legend_html(const ReportData& data) {
    std::string html = "<div class=\"legend\" role=\"group\" aria-label=\"Settings to show\">";
    for (const std::size_t g : shown_groups(data)) {
        const ReportGroup& group = data.groups[g];
        const std::string count = group.runs.size() > 1 ? fmt::format(" <small>×{}</small>", group.runs.size()) : "";
        html +=
            fmt::format("<button type=\"button\" aria-pressed=\"true\" data-toggles=\"{}\" disabled>{}{}{}</button>", g,
                        sample_svg(group), escaped(group.label), count);
    }
    return html + "</div>\n";
}

std::string top_html(const ReportData& data, std::int64_t step) {
    std::string notes;
    for (const std::string& note : data.notes) notes += "<p class=\"note warns\">" + escaped(note) + "</p>\n";
    if (!norms_note(data).empty()) notes += "<p class=\"note warns\">" + escaped(norms_note(data).substr(1)) + "</p>\n";
    return notes + "<div class=\"top\">\n" + cards_html(data, step) + settings_box(data) + "</div>\n";
}

std::string results_html(const ReportData& data, std::int64_t step) {
    return "<section id=\"results\" aria-labelledby=\"results-heading\">\n<h2 id=\"results-heading\">Results</h2>\n" +
           settings_table(data, step) + "<p class=\"note\">The best first, by " + ranking_name(data) +
           ". Mean ± standard deviation over the runs of a setting, without those that diverged or failed. Gradient "
           "norms: " +
           escaped(step_text(data, step)) + ".</p>\n</section>\n";
}

std::string runs_html(const ReportData& data) {
    const bool folded = data.runs.size() > kRunsListed;
    return std::string("<section id=\"runs\">\n<details") + (folded ? "" : " open") + "><summary>" +
           std::to_string(data.runs.size()) + (data.runs.size() == 1 ? " run" : " runs") + "</summary>\n" +
           runs_table(data) + "</details>\n</section>\n";
}

std::string figures_html(const std::vector<DrawnFigure>& figures) {
    std::string html = "<div class=\"figures\">\n";
    for (const auto& [kind, figure] : figures) {
        html += figure_html(figure, kind->moving_heading == nullptr ? figure.heading : kind->moving_heading);
    }
    return html + "</div>\n";
}

/// Below the figures: the slider's values, and where it stops.
std::string values_html(const ReportData& data, const Slides& slides) {
    const Steps& steps = slides.steps;
    const std::string note =
        steps.stride > 1 ? "<p class=\"note\">The slider stops at " + every_text(steps.stride, steps.all) + ".</p>\n"
                         : "";
    return "<section id=\"values\" aria-labelledby=\"values-heading\">\n<h2 id=\"values-heading\">Gradient norm of "
           "each "
           "layer at <span class=\"moment\">" +
           escaped(step_text(data, slides.step)) + "</span></h2>\n" + readout_table(data, slides.step) + note +
           "</section>\n";
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
    for (const ReportGroup& group : data.groups) names += (names.empty() ? "" : ",") + script_text(group.label);
    return fmt::format("{{\"names\":[{}],\n\"epoch\":{},\n{},\n\"points\":{{{}}}}}", names, shared_iterations(data),
                       frames_json(data, steps), points_json(figures));
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
    html += top_html(data, slides.step) + results_html(data, slides.step);
    html += "<div class=\"bar\">\n" + player_html(data, slides) + legend_html(data) + "</div>\n";
    html += figures_html(figures) + values_html(data, slides) + runs_html(data);
    html += "<section id=\"tables\" aria-labelledby=\"tables-heading\">\n<h2 id=\"tables-heading\">Tables</h2>\n";
    const bool folded = data.runs.size() > kRunsListed;
    if (folded) html += fmt::format("<details><summary>Rows of {} runs</summary>\n", data.runs.size());
    for (const ReportRun& run : data.runs) html += logged_tables(run, data.runs.size());
    html += std::string(folded ? "</details>\n" : "") +
            "</section>\n</main>\n<script type=\"application/json\" id=\"data\">" +
            script_json(data, figures, slides.steps) + "</script>\n<script>\n" + std::string(report_js()) +
            "</script>\n</body>\n</html>\n";
    return html;
}

}  // namespace bnrun
