// Understands the command line and hands it to the command it names.
#pragma once

#include "cli/terminal.h"

namespace bnrun {

/// The exit code of what was done. Throws Error.
int run_command_line(int argc, const char* const* argv, Terminal& terminal);

}  // namespace bnrun
