#include "report/data_page.h"

#include <fmt/format.h>

#include "base/error.h"
#include "chart/svg.h"
#include "experiment/inputs.h"
#include "files/output_file.h"
#include "report/assets.h"
#include "report/target.h"
#include "settings/diff.h"
#include "settings/json.h"
#include "settings/point_names.h"

namespace bnrun {
namespace {

constexpr std::string_view kDistort = "data.distort.";

std::string name_of_source(const Config& config) {
    switch (config.data.source) {
        case Source::kMnist: return "MNIST";
        case Source::kFashionMnist: return "Fashion-MNIST";
        case Source::kSynthetic: return "Synthetic digits, not MNIST";
        case Source::kIdx: break;
    }
    return "IDX files";
}

/// `rotate 15, elastic.sigma 4, elastic.alpha 34`
std::string distortions_text(const Config& config) {
    std::string text;
    for (const auto& [key, value] : parse_config_values(config_text(config), "config")) {
        if (!key.starts_with(kDistort) || value == "0.0") continue;
        text += fmt::format("{}{} {}", text.empty() ? "" : ", ", key.substr(kDistort.size()), value_text(value));
    }
    return text;
}

std::string title_of_sheet(const Config& config) {
    const std::string distortions = distortions_text(config);
    return fmt::format("{}, seed {}: {}", name_of_source(config), config.seed,
                       config.data.distort.is_on() ? distortions : "not distorted");
}

std::string shown_value(float value) { return fmt::format("{:.3g}", value); }

/// What is shown, in sentences.
std::string explanation(const Config& config, const Dataset& dataset, const DataSheet& sheet) {
    const auto preprocess = kPreprocessNames.at(static_cast<std::size_t>(config.data.preprocess));
    std::string text = fmt::format(
        "The first {} of {} training samples{}, in the order of epoch 1. Each has {} × {} pixels{}. data.preprocess is "
        "{}: {} is black and {} white. ",
        sheet.samples.size(), dataset.train.samples(), dataset.directory.empty() ? "" : " of " + dataset.directory,
        dataset.shape.width, dataset.shape.height,
        dataset.shape.channels == 1 ? "" : fmt::format(" in {} channels", dataset.shape.channels), preprocess,
        shown_value(sheet.black), shown_value(sheet.white));
    if (!config.data.distort.is_on()) return text + "Every epoch has them as they are here.";
    return text +
           fmt::format("From left to right: undistorted, then as epochs 1 to {} have it.", sheet.columns.size() - 1);
}

std::string sample_html(const DataSheet& sheet, const SheetSample& sample) {
    std::string html = "<figure><div class=\"strip\">";
    for (std::size_t i = 0; i < sample.pictures.size(); ++i) {
        const Picture& picture = sample.pictures[i];
        const std::string column = sheet.columns[i].empty() ? "" : ", " + sheet.columns[i];
        html += fmt::format("<img width=\"{}\" height=\"{}\" alt=\"label {}{}\" src=\"{}\">", 2 * picture.width,
                            2 * picture.height, sample.label, column, png_address(png_bytes(picture)));
    }
    return html + fmt::format("</div><figcaption>{} <small>sample {}</small></figcaption></figure>\n", sample.label,
                              sample.number);
}

}  // namespace

std::string data_page(const Config& config, const Dataset& dataset, const DataSheet& sheet) {
    const std::string title = escaped(title_of_sheet(config));
    std::string html = fmt::format(
        "<!doctype html>\n{}\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"color-scheme\" content=\"light dark\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "img-src data:\">\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n<body>\n<main>\n"
        "<header><p class=\"kind\">bnrun show-data</p><h1>{}</h1></header>\n<p class=\"note\">{}</p>\n"
        "<div class=\"sheet\">\n",
        kReportMark, title, report_css(), data_page_css(), title, escaped(explanation(config, dataset, sheet)));
    for (const SheetSample& sample : sheet.samples) html += sample_html(sheet, sample);
    return html + "</div>\n</main>\n</body>\n</html>\n";
}

void write_data_page(const Config& config, const DataPageOptions& options, Reporter& reporter) {
    if (!options.out) throw ConfigError("show-data: say where to write: -o FILE.html");
    const bool to_stdout = is_stdout(*options.out);
    if (!to_stdout) check_report_target(*options.out, options.force);
    const Dataset dataset = load_reported(config, reporter);
    ThreadTeam team(options.threads);
    const DataSheet sheet = data_sheet(config, dataset, options.samples, options.epochs, team);
    const std::string page = data_page(config, dataset, sheet);
    if (to_stdout) return reporter.table(page);
    write_output(*options.out, page);
    reporter.log(LogLevel::kInfo,
                 fmt::format("wrote {} samples to {}; open it in a browser", sheet.samples.size(), *options.out));
}

}  // namespace bnrun
