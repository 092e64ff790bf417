// What the command line takes, read off its parser, so that completion and man page cannot fall behind it.
#pragma once

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library's own name
class App;
}

namespace bnrun {

/// What a shell can offer for a value.
enum class Takes { kNothing, kAnything, kChoice, kConfig, kBuiltinConfig, kSetting, kFile, kDirectory };

struct OptionOutline {
    std::vector<std::string> flags;  ///< `-h`, `--help`; empty for an argument that is known by its place
    std::string value;               ///< the value's name: `FILE`; empty for a flag
    Takes takes = Takes::kNothing;
    std::vector<std::string> choices;
    std::string description;
    bool repeats = false;
    bool required = false;
};

struct CommandOutline {
    std::string name;  ///< empty for the program without a command
    std::string description;
    std::vector<OptionOutline> options;
};

/// The program itself, then each of its commands that is not hidden.
using Outline = std::vector<CommandOutline>;

Outline outline_of(const CLI::App& app);

}  // namespace bnrun
