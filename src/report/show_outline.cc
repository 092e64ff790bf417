#include "report/show_outline.h"

#include <array>
#include <ctime>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "files/run_claim.h"
#include "files/run_files.h"
#include "files/whole_file.h"
#include "settings/json.h"

namespace bnrun {
namespace {

constexpr std::int64_t kFresh = 10;  ///< seconds; a run writes its summary every second

/// A run that was killed leaves a summary that says it is running.
std::string state_of(const RunOutcome& run, const std::string& directory) {
    const std::string& status = run.result.status;
    if (status.empty()) return is_claimed(directory) ? "starting" : "unknown";
    if (status != "running") return status;
    const bool is_fresh = run.written && std::time(nullptr) - *run.written < kFresh;
    return is_fresh || is_claimed(directory) ? status : "cut off";
}

void read_config_of(RunOutline& run) {
    const std::string path = path_in(run.directory, kConfigFile);
    try {
        run.config = parse_config(read_whole(path, kMostJson), path, {}).config;
    } catch (const Error& error) {
        run.config_problem = error.what();
    }
}

std::string time_text(std::int64_t seconds, const char* format, struct tm* (*parts_of)(const time_t*, struct tm*)) {
    const time_t time = seconds;
    struct tm parts {};
    std::array<char, 64> text{};
    if (parts_of(&time, &parts) == nullptr) return "";
    return {text.data(), std::strftime(text.data(), text.size(), format, &parts)};
}

}  // namespace

bool is_run_directory(const std::string& directory) { return path_exists(path_in(directory, kConfigFile)); }

RunOutcome read_outcome(const std::string& directory) {
    RunOutcome run;
    const std::string summary = path_in(directory, kSummaryFile);
    run.written = modified(summary);
    if (run.written) run.result = read_summary(summary);
    run.state = state_of(run, directory);
    if (run.result.written) run.written = run.result.written;
    return run;
}

RunOutline read_outline_of(const std::string& directory) {
    RunOutline run;
    static_cast<RunOutcome&>(run) = read_outcome(directory);
    run.directory = directory;
    read_config_of(run);
    run.name = run.config ? run.config->name : run.result.name;
    if (run.name.empty()) run.name = std::filesystem::path(directory).lexically_normal().filename().string();
    return run;
}

bool is_running(const RunOutcome& run) { return run.state == "running" || run.state == "starting"; }

std::optional<std::int64_t> modified(const std::string& path) {
    const std::optional<struct stat> status = status_at(path);
    if (!status) return std::nullopt;
    return static_cast<std::int64_t>(status->st_mtime);
}

std::string local_time(std::optional<std::int64_t> seconds) {
    return seconds ? time_text(*seconds, "%Y-%m-%d %H:%M", localtime_r) : "";
}

std::string universal_time(std::int64_t seconds) { return time_text(seconds, "%Y-%m-%dT%H:%M:%SZ", gmtime_r); }

}  // namespace bnrun
