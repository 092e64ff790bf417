#include "cli/shared_options.h"

#include <algorithm>

#include "base/error.h"
#include "base/printable.h"
#include "base/processors.h"

namespace bnrun {
namespace {

constexpr int kMostDefaultThreads = 8;

}  // namespace

void add_run_argument(CLI::App& app, std::string& run) {
    app.add_option("RUN", run, "the run's directory")->required();
}

void add_config_options(CLI::App& app, ConfigOptions& options) {
    app.add_option("--config", options.config,
                   "the run's config: a path, a name in configs/, or one that bnrun configs lists")
        ->type_name("FILE");
    add_list(app, "--set", options.set, "override one key; can be given many times")->type_name("KEY=VALUE");
}

void add_data_option(CLI::App& app, std::optional<std::string>& data, const std::string& replaced) {
    app.add_option("--data", data, "where the data is, in place of " + replaced)->type_name("DIR");
}

void add_work_options(CLI::App& app, std::optional<std::string>& data, int& threads) {
    add_data_option(app, data, "the config's data.dir");
    threads = std::min(usable_processors(), kMostDefaultThreads);
    app.add_option("--threads", threads,
                   "threads; default: usable processors (affinity, control groups), at most 8; no result depends on it")
        ->type_name("N")
        ->check(CLI::Range(1, kMostThreads))
        ->capture_default_str();
}

CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help) {
    return app.add_option(name, values, help)->allow_extra_args(false);
}

std::vector<Override> overrides_of(const std::vector<std::string>& set, const std::optional<std::string>& data) {
    std::vector<Override> overrides;
    for (const std::string& assignment : set) {
        const auto equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0) {
            throw ConfigError(first_characters("--set " + assignment, kMostOfGiven) +
                              ": expected key=value, such as --set train.epochs=2");
        }
        overrides.push_back({assignment.substr(0, equals), assignment.substr(equals + 1)});
    }
    const std::vector<Override> moved = data_override(data);
    overrides.insert(overrides.end(), moved.begin(), moved.end());
    return overrides;
}

Config read_reported(const ConfigOptions& options, const std::optional<std::string>& data, Terminal& terminal) {
    if (options.config.empty()) throw ConfigError("--config FILE is missing; see bnrun --help");
    const ParsedConfig parsed = read_config(options.config, overrides_of(options.set, data));
    for (const std::string& warning : parsed.warnings) terminal.log(LogLevel::kWarning, warning);
    return parsed.config;
}

}  // namespace bnrun
