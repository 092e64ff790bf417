#include "cli/outline.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <sstream>

namespace bnrun {
namespace {

/// `{a,b}` within the parser's name of a type lists all values.
std::vector<std::string> choices_in(const std::string& type) {
    std::vector<std::string> choices;
    const std::size_t open = type.find('{');
    const std::size_t close = type.find('}');
    if (open == std::string::npos || close == std::string::npos) return choices;
    std::istringstream list(type.substr(open + 1, close - open - 1));
    for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice);
    return choices;
}

Takes what_it_takes(const OptionOutline& option) {
    const auto& flags = option.flags;
    if (option.value.empty()) return Takes::kNothing;
    if (!option.choices.empty()) return Takes::kChoice;
    if (std::find(flags.begin(), flags.end(), "--config") != flags.end()) return Takes::kConfig;
    if (flags.empty() && option.value == "NAME") return Takes::kBuiltinConfig;
    if (option.value.rfind("KEY=", 0) == 0) return Takes::kSetting;
    if (option.value == "DIR" || option.value == "RUN") return Takes::kDirectory;
    if (flags.empty() || option.value == "FILE" || option.value == "PATH") return Takes::kFile;
    return Takes::kAnything;
}

OptionOutline outline_of(const CLI::Option& option) {
    OptionOutline outline;
    for (const std::string& name : option.get_snames()) outline.flags.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) outline.flags.push_back("--" + name);
    const std::string type = option.get_type_name();
    outline.choices = choices_in(type);
    outline.description = option.get_description();
    outline.repeats = option.get_items_expected_max() > 1;
    outline.required = option.get_required();
    if (option.get_positional()) {
        outline.value = option.get_name();
    } else if (option.get_items_expected_max() > 0) {
        outline.value = type.substr(0, type.find(':'));
    }
    outline.takes = what_it_takes(outline);
    return outline;
}

CommandOutline command_outline(const CLI::App& app, const std::string& name) {
    CommandOutline outline{name, app.get_description(), {}};
    for (const CLI::Option* option : app.get_options()) outline.options.push_back(outline_of(*option));
    return outline;
}

}  // namespace

Outline outline_of(const CLI::App& app) {
    Outline outline{command_outline(app, "")};
    for (const CLI::App* command : app.get_subcommands([](const CLI::App* any) { return !any->get_group().empty(); })) {
        outline.push_back(command_outline(*command, command->get_name()));
    }
    return outline;
}

}  // namespace bnrun
