#include "report/report.h"

#include <fmt/format.h>

#include <charconv>
#include <filesystem>

#include "base/error.h"
#include "chart/assets.h"
#include "chart/palette.h"
#include "files/output_file.h"
#include "report/figures/list.h"
#include "report/page.h"
#include "report/reader.h"
#include "report/target.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

void write_svgs(const std::vector<DrawnFigure>& figures, const std::string& directory, bool force) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (error) throw WriteError(directory + ": cannot be created: " + error.message() + "; check the path");
    const auto path_of = [&](const Figure& figure) { return directory + "/" + figure.name + ".svg"; };
    for (const auto& [kind, figure] : figures) check_report_target(path_of(figure), force);
    const std::string style = std::string(chart_css()) + layer_rules();
    for (const auto& [kind, figure] : figures) {
        if (figure.drawings.empty()) continue;
        write_output(path_of(figure),
                     std::string(kReportMark) + "\n" +
                         svg_file(figure.heading, figure.legend, figure.drawings, figure.columns, style));
    }
}

/// The picture of a sweep alone needs its summary only.
ReportChoice choice_of(const ReportOptions& options) {
    ReportChoice choice = options.choice;
    choice.summary_will_do = !options.out && options.figures == std::vector<std::string>{"sweep"};
    return choice;
}

std::int64_t parsed_step(const ReportData& data, const std::string& text) {
    if (text == "last") return last_shared_step(data);
    std::int64_t epoch = 0;
    std::int64_t iteration = 0;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, epoch);
    const bool has_colon = first.ec == std::errc{} && first.ptr != end && *first.ptr == ':';
    const auto second = has_colon ? std::from_chars(first.ptr + 1, end, iteration) : first;
    if (!has_colon || second.ec != std::errc{} || second.ptr != end) {
        throw ConfigError("--iteration " + text + ": expected epoch:iteration, such as 1:300, or last");
    }
    return step_at(data, epoch, iteration);
}

std::string counted(const ReportData& data) {
    return fmt::format("{} run{}", data.runs.size(), data.runs.size() == 1 ? "" : "s");
}

}  // namespace

void write_report(const std::vector<std::string>& inputs, const ReportOptions& options, Reporter& reporter) {
    if (!options.out && !options.svg) throw ConfigError("report: say where to write: -o FILE.html, --svg DIR, or both");
    const bool to_stdout = options.out && is_stdout(*options.out);
    if (options.out && !to_stdout) check_report_target(*options.out, options.force);
    const ReportData data = read_report(inputs, choice_of(options));
    for (const std::string& note : data.notes) reporter.log(LogLevel::kWarning, note);
    const std::int64_t step = options.iteration ? parsed_step(data, *options.iteration) : usual_step(data);
    if (options.svg) {
        write_svgs(draw_figures(data, step, options.figures), *options.svg, options.force);
        reporter.log(LogLevel::kInfo, fmt::format("wrote the figures of {} to {}", counted(data), *options.svg));
    }
    if (!options.out) return;
    const std::string page = report_page(data, step, options.figures);
    if (to_stdout) return reporter.table(page);
    write_output(*options.out, page);
    reporter.log(LogLevel::kInfo, fmt::format("wrote {} to {}; open it in a browser", counted(data), *options.out));
}

}  // namespace bnrun
