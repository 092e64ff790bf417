#include "cli/completion.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"

namespace bnrun {
namespace {

std::string script_of(const std::string& shell, const Outline& outline) {
    if (shell == "bash") return bash_completion(outline);
    if (shell == "zsh") return zsh_completion(outline);
    return fish_completion(outline);
}

}  // namespace

Action add_completion(CLI::App& app) {
    const auto shell = std::make_shared<std::string>();
    app.add_option("SHELL", *shell, "the shell that reads it")
        ->required()
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    return [shell, program = app.get_parent()](Terminal& terminal) {
        terminal.table(script_of(*shell, outline_of(*program)));
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
