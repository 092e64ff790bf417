#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/man_page.h"

namespace bnrun {

Action add_man(CLI::App& app) {
    return [program = app.get_parent()](Terminal& terminal) {
        terminal.table(man_page(outline_of(*program)));
        return ExitCode::kDone;
    };
}

}  // namespace bnrun
