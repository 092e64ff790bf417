// The commands: each is a file in cli/commands/, and a row here.
#pragma once

#include <array>
#include <functional>

#include "base/exit_codes.h"
#include "cli/terminal.h"

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace bnrun {

/// Does what the command's options, once they are read, ask for. Throws Error.
using Action = std::function<ExitCode(Terminal& terminal)>;

/// Adds a command's options to its parser, and gives what to do with them. The parser writes to what the action holds.
using AddCommand = Action (*)(CLI::App& app);

// In the file of its name in cli/commands/, each.
Action add_run(CLI::App& app);  ///< what the program does without a command
Action add_check(CLI::App& app);
Action add_complete(CLI::App& app);
Action add_completion(CLI::App& app);
Action add_configs(CLI::App& app);
Action add_diff(CLI::App& app);
Action add_eval(CLI::App& app);
Action add_export(CLI::App& app);
Action add_gradcheck(CLI::App& app);
Action add_list(CLI::App& app);
Action add_man(CLI::App& app);
Action add_predict(CLI::App& app);
Action add_quantities(CLI::App& app);
Action add_report(CLI::App& app);
Action add_schema(CLI::App& app);
Action add_show(CLI::App& app);
Action add_show_data(CLI::App& app);
Action add_sweep(CLI::App& app);

struct Command {
    const char* name;
    const char* help;
    AddCommand add;
    bool is_hidden = false;  ///< for programs, not for people
};

/// In the order of --help.
inline constexpr std::array kCommands{
    Command{"eval", "test a finished run's model again", add_eval},
    Command{"check",
            "do a finished run's first iterations again and compare its tables; exit code 0: same, 1: different",
            add_check},
    Command{"gradcheck", "back-propagation against central differences", add_gradcheck},
    Command{"predict", "print what mean-field theory says of each layer's gradient before training", add_predict},
    Command{"show",
            "show runs on the terminal (what each is, its errors, each layer's gradient), and sweeps (a ranked table)",
            add_show},
    Command{"list", "list the runs and sweeps below a directory, a line each", add_list},
    Command{"diff", "compare what two runs logged; exit code 0: same, 1: different, 2: could not be compared",
            add_diff},
    Command{"sweep", "many runs that differ in what --grid and --zip vary", add_sweep},
    Command{"configs", "list the configs that the program has in it, or print one", add_configs},
    Command{"schema", "print the config's JSON Schema", add_schema},
    Command{"quantities", "list what can be logged of layers, and what it costs", add_quantities},
    Command{"export", "write a run's tables in a format of other programs", add_export},
    Command{"report", "draw runs: one HTML page that opens without a network, and figures as SVG files", add_report},
    Command{"show-data", "draw training images as the net gets them: one HTML page that opens without a network",
            add_show_data},
    Command{"completion", "print a script that completes bnrun's command line", add_completion},
    Command{"man", "print the manual page (roff)", add_man},
    Command{"complete", "print what a shell can offer for a word", add_complete, true},
};

}  // namespace bnrun
