#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "cli/commands.h"
#include "settings/builtin_configs.h"

namespace bnrun {
namespace {

std::string listed() {
    std::size_t width = 0;
    for (const BuiltinConfig& config : builtin_configs()) width = std::max(width, config.name.size());
    std::string lines;
    for (const BuiltinConfig& config : builtin_configs()) {
        lines += fmt::format("{:<{}}  {}\n", config.name, width, description_of(config));
    }
    return lines;
}

}  // namespace

Action add_configs(CLI::App& app) {
    const auto name = std::make_shared<std::string>();
    app.add_option("NAME", *name, "print this one as its file is; without it, list them");
    return [name](Terminal& terminal) {
        if (name->empty()) {
            terminal.table(listed());
        } else {
            terminal.bytes(std::string(builtin_config(*name).text));
        }
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
