#include <CLI/CLI.hpp>
#include <array>
#include <memory>

#include "cli/assets.h"
#include "cli/commands.h"

namespace bnrun {
namespace {

struct Script {
    const char* shell;
    std::string_view (*text)();
};

constexpr std::array kScripts{Script{"bash", bnrun_bash}, Script{"zsh", bnrun_zsh}, Script{"fish", bnrun_fish}};

std::vector<std::string> shells() {
    std::vector<std::string> names;
    for (const Script& script : kScripts) names.emplace_back(script.shell);
    return names;
}

}  // namespace

Action add_completion(CLI::App& app) {
    const auto shell = std::make_shared<std::string>();
    app.add_option("SHELL", *shell, "the shell that reads it")->required()->check(CLI::IsMember(shells()));
    return [shell](Terminal& terminal) {
        for (const Script& script : kScripts) {
            if (script.shell == *shell) terminal.table(std::string(script.text()));
        }
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
