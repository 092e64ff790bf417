#include "cli/complete.h"

#include <CLI/CLI.hpp>
#include <memory>

#include "cli/commands.h"

namespace bnrun {

Action add_complete(CLI::App& app) {
    const auto words = std::make_shared<std::vector<std::string>>();
    app.add_option("WORD", *words, "those that follow the program's name, up to the one being typed");
    return [words, program = app.get_parent()](Terminal& terminal) {
        terminal.table(offers_text(offers_for(outline_of(*program), *words)));
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
