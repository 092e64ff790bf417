#include "cli/command_line.h"

#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <map>
#include <vector>

#include "base/error.h"
#include "base/nearest.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/man_page.h"
#include "experiment/version.h"
#include "settings/json.h"

namespace bnrun {
namespace {

constexpr std::size_t kLikelyTypo = 3;

/// Text that is empty is a shell variable that was not set, and a path never.
void refuse_empty_values(CLI::App& app) {
    const auto refuse = [](const std::string& value) {
        return value.empty() ? std::string("an empty value; expected some") : std::string();
    };
    for (CLI::Option* option : app.get_options()) {
        if (option->get_items_expected_max() > 0) option->check(CLI::Validator(refuse, ""));
    }
    for (CLI::App* command : app.get_subcommands([](const CLI::App* any) { return !any->get_group().empty(); })) {
        refuse_empty_values(*command);
    }
}

/// `bnrun sweep --help` where that command was understood.
std::string help_line(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    return "see bnrun " + (chosen.empty() ? "" : chosen.front()->get_name() + " ") + "--help";
}

std::vector<std::string> names_of_commands(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::App* command : app.get_subcommands([](const CLI::App* any) { return !any->get_group().empty(); })) {
        names.push_back(command->get_name());
    }
    return names;
}

std::vector<std::string> names_of_options(const CLI::App& app) {
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options()) names.push_back(option->get_name());
    return names;
}

/// `; did you mean sweep?`, where one of the names is near.
std::string suggestion(const std::string& given, const std::vector<std::string>& names) {
    const std::string likely = nearest(given, names);
    const std::size_t letters = given.size() - std::min(given.find_first_not_of('-'), given.size());
    const std::size_t likely_typo = std::min(kLikelyTypo, letters / 2);
    return edit_distance(given, likely) <= likely_typo ? "; did you mean " + likely + "?" : "";
}

bool is_config(const std::string& word) {
    const std::vector<std::string> names = config_names();
    return word.ends_with(".json") || std::find(names.begin(), names.end(), word) != names.end();
}

/// A word where a command belongs names none, whatever options are like it.
void check_command(const CLI::App& app, const std::vector<std::string>& unknown) {
    if (unknown.empty() || unknown.front().starts_with("-") || !app.get_subcommands().empty()) return;
    const std::string word = first_characters(unknown.front(), kMostOfGiven);
    const std::vector<std::string> names = names_of_commands(app);
    std::string hint = is_config(word) ? "; did you mean --config " + word + "?" : suggestion(word, names);
    if (hint.empty()) hint = fmt::format("; expected {}", fmt::join(names, ", "));
    throw ConfigError(fmt::format("{}: no such command{}; see bnrun --help", word, hint));
}

/// Throws ConfigError for a command line that could not be understood, with what was probably meant.
[[noreturn]] void refuse(const CLI::App& app, const std::string& what) {
    const std::vector<std::string> unknown = app.remaining(true);
    check_command(app, unknown);
    const auto chosen = app.get_subcommands();
    const std::string given = unknown.empty() ? "" : unknown.front().substr(0, unknown.front().find('='));
    const std::string likely =
        given.empty() ? "" : suggestion(given, names_of_options(chosen.empty() ? app : *chosen.front()));
    throw ConfigError(what + likely + "; " + help_line(app));
}

bool any_option_given(const CLI::App& app) {
    const auto options = app.get_options();
    return std::any_of(options.begin(), options.end(), [](const CLI::Option* option) { return option->count() > 0; });
}

/// The program's own options, and a parser for each command. What to do is by the command's name; without one, empty.
std::map<std::string, Action> add_commands(CLI::App& app) {
    app.set_version_flag("--version", version_line(), "print version, commit, compiler and instruction set");
    app.set_help_flag("-h,--help", "print this help");
    std::map<std::string, Action> actions{{"", add_run(app)}};
    for (const Command& command : kCommands) {
        CLI::App& parser = *app.add_subcommand(command.name, command.help);
        if (command.is_hidden) parser.group("");
        actions[command.name] = command.add(parser);
    }
    app.footer(exit_codes_help());
    refuse_empty_values(app);
    return actions;
}

/// The command that was given; empty where none was.
std::string chosen_command(const CLI::App& app) {
    const auto chosen = app.get_subcommands();
    if (chosen.empty()) return "";
    std::string name = chosen.front()->get_name();
    if (any_option_given(app)) {
        throw ConfigError("options of " + name + " come after its name; see bnrun " + name + " --help");
    }
    return name;
}

/// What to type next, for one who has typed nothing yet.
constexpr const char* kFirstSteps =
    "bnrun trains deep networks and shows what batch normalization does to every layer's gradient. Type, for example:\n"
    "\n"
    "  bnrun --config sigmoid10                         ten sigmoid layers on MNIST; rows of gradient norms as they "
    "train\n"
    "  bnrun --config sigmoid10_bn                      the same with batch normalization\n"
    "  bnrun --config sigmoid10_bn --set model.width=50 with one thing changed\n"
    "  bnrun show results/sigmoid10                     a run on the terminal\n"
    "  bnrun report results/sigmoid10 results/sigmoid10_bn -o report.html\n"
    "\n"
    "`bnrun configs` lists configs, `bnrun --help` commands and options. Without MNIST, add --set "
    "data.source=synthetic.\n";

}  // namespace

int run_command_line(int argc, const char* const* argv, Terminal& terminal) {
    CLI::App app("Shows what batch normalization does to every layer's gradient of a deep sigmoid network.", "bnrun");
    app.require_subcommand(0, 1);
    const std::map<std::string, Action> actions = add_commands(app);
    std::vector<std::string> words(argv + 1, argv + argc);
    if (!words.empty() && words.front() == "run") words.erase(words.begin());  // what it does without a command
    if (words.empty()) {
        std::fputs(kFirstSteps, stderr);
        return static_cast<int>(ExitCode::kUsage);
    }
    try {
        std::reverse(words.begin(), words.end());  // as CLI11 takes them
        app.parse(words);
    } catch (const CLI::CallForHelp&) {
        terminal.table(app.help());
        return 0;
    } catch (const CLI::CallForVersion&) {
        terminal.table(version_line() + "\n");
        return 0;
    } catch (const CLI::ParseError& error) {
        refuse(app, error.what());
    }
    return static_cast<int>(actions.at(chosen_command(app))(terminal));
}

}  // namespace bnrun
