#include <CLI/CLI.hpp>
#include <map>
#include <memory>

#include "cli/assets.h"
#include "cli/commands.h"

namespace bnrun {
namespace {

const std::map<std::string, std::string_view (*)()> kScripts{
    {"bash", bnrun_bash}, {"zsh", bnrun_zsh}, {"fish", bnrun_fish}};

}  // namespace

Action add_completion(CLI::App& app) {
    const auto shell = std::make_shared<std::string>();
    app.add_option("SHELL", *shell, "the shell that reads it")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    return [shell](Terminal& terminal) {
        terminal.table(std::string(kScripts.at(*shell)()));
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
