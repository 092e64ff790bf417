#include "experiment/export_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "files/export/formats.h"
#include "files/output_file.h"
#include "files/run_files.h"
#include "files/summary.h"

namespace bnrun {
namespace {

const ExportFormat& format_named(const std::string& name) {
    const auto* const found = std::find_if(kExportFormats.begin(), kExportFormats.end(),
                                           [&](const ExportFormat& format) { return format.name == name; });
    if (found != kExportFormats.end()) return *found;
    throw ConfigError("export --format " + name + ": no such format");
}

/// Where the bytes go; empty: to the reporter. Throws before anything is read or written.
std::string target_file(const ExportFormat& format, const ExportOptions& options) {
    if (!options.out) {
        if (format.is_text) return "";
        throw ConfigError("export --format " + options.format + ": say where to write with -o PATH");
    }
    std::string file = format.in_directory == nullptr ? *options.out : path_in(*options.out, format.in_directory);
    const OutputKind kind = is_stdout(file) ? OutputKind::kStream : output_kind(file);
    if (kind != OutputKind::kNew && kind != OutputKind::kStream && !options.force) {
        throw ConfigError(file + ": is there already; give another -o, or --force to replace it");
    }
    return file;
}

/// As far as its summary says; a run of an earlier version does not.
std::optional<RunTime> time_of_run(const std::string& directory) {
    const std::string path = path_in(directory, kSummaryFile);
    if (!path_exists(path)) return std::nullopt;
    const StoredResult result = read_summary(path);
    if (!result.written || !result.seconds) return std::nullopt;
    return RunTime{static_cast<double>(*result.written) - *result.seconds, *result.seconds};
}

}  // namespace

std::vector<std::string> export_format_names() {
    std::vector<std::string> names;
    for (const ExportFormat& format : kExportFormats) names.emplace_back(format.name);
    return names;
}

void export_run(const std::string& directory, const ExportOptions& options, Reporter& reporter) {
    const ExportFormat& format = format_named(options.format);
    const std::string file = target_file(format, options);
    LoggedRun run = read_logged_run(directory);
    run.time = time_of_run(directory);
    for (const std::string& warning : run.warnings) reporter.log(LogLevel::kWarning, warning);
    const std::string contents = format.contents(run);
    const bool to_stdout = file.empty() || is_stdout(file);
    if (to_stdout) return format.is_text ? reporter.table(contents) : reporter.bytes(contents);
    if (format.in_directory != nullptr) {
        std::error_code error;
        std::filesystem::create_directories(*options.out, error);
        if (error) throw WriteError(*options.out + ": cannot be created: " + error.message() + "; check the path");
    }
    write_output(file, contents);
    reporter.log(LogLevel::kInfo, fmt::format("wrote {} iterations and {} epochs to {}", run.iterations.size(),
                                              run.epochs.size(), file));
}

}  // namespace bnrun
