// Options that several commands have.
#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/config.h"
#include "cli/terminal.h"
#include "settings/json.h"

namespace bnrun {

/// A config and what overrides it.
struct ConfigOptions {
    std::string config;
    std::vector<std::string> set;
};

/// A run's directory, and what to do with it.
template <class Options>
struct OnRun {
    std::string run;
    Options options;
};

/// RUN.
void add_run_argument(CLI::App& app, std::string& run);

/// --config and --set.
void add_config_options(CLI::App& app, ConfigOptions& options);

/// --data and --threads.
/// @param data what it replaces: `the config's data.dir`.
void add_work_options(CLI::App& app, std::optional<std::string>& data, int& threads);

/// --data alone.
void add_data_option(CLI::App& app, std::optional<std::string>& data, const std::string& replaced);

/// An option that is given once for each value.
CLI::Option* add_list(CLI::App& app, const char* name, std::vector<std::string>& values, const char* help);

/// From `--set key=value` and `--data DIR`, which is the last word on where the data is. Throws ConfigError.
std::vector<Override> overrides_of(const std::vector<std::string>& set, const std::optional<std::string>& data);

/// The config with its overrides; logs its warnings. Throws ConfigError, also where no config was given.
Config read_reported(const ConfigOptions& options, const std::optional<std::string>& data, Terminal& terminal);

}  // namespace bnrun
