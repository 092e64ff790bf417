#include <fmt/format.h>

#include "cli/completion.h"
#include "settings/key_choices.h"

namespace bnrun {
namespace {

constexpr const char* kFunctions =
    R"fish(# fish completion of bnrun: bnrun completion fish > ~/.config/fish/completions/bnrun.fish

function __bnrun_in -d 'whether the command line is one of the given command'
    set -l words (commandline -opc)
    set -l command ''
    if set -q words[2]; and contains -- $words[2] @COMMANDS@
        set command $words[2]
    end
    test "$command" = "$argv[1]"
end

function __bnrun_first -d 'whether no word follows the program yet'
    test (count (commandline -opc)) -eq 1
end

function __bnrun_configs
    for path in configs/*.json
        string replace configs/ '' $path
    end
    __fish_complete_suffix .json
end

function __bnrun_settings
    set -l settings @SETTINGS@
    set -l typed (string replace -r '^--[a-z]+=' '' -- (commandline -ct))
    set -l list (string match -r '^([^=]+=).*,' -- $typed) # of values, and its key
    if set -q list[2]
        printf '%s\t%s\n' $settings | string replace -- $list[2] $list[1]
    else
        printf '%s\t%s\n' $settings
    end
end

complete -c bnrun -f
)fish";

/// In single quotes as fish reads them.
std::string quoted(const std::string& text) {
    std::string result = "'";
    for (const char c : text) result += (c == '\'' || c == '\\' ? "\\" : "") + std::string(1, c);
    return result + "'";
}

std::string offers(const OptionOutline& option) {
    switch (option.takes) {
        case Takes::kNothing: return "";
        case Takes::kAnything: return " -x";
        case Takes::kChoice: return " -x -a " + quoted(joined(option.choices));
        case Takes::kConfig: return " -x -a '(__bnrun_configs)'";
        case Takes::kSetting: return " -x -a '(__bnrun_settings)'";
        case Takes::kFile: return " -r -F";
        case Takes::kDirectory: return " -x -a '(__fish_complete_directories)'";
    }
    return "";
}

std::string option_line(const std::string& condition, const OptionOutline& option) {
    std::string line = "complete -c bnrun -n " + condition;
    for (const std::string& flag : option.flags) {
        line += flag.rfind("--", 0) == 0 ? " -l " + flag.substr(2) : " -s " + flag.substr(1);
    }
    if (!option.flags.empty()) return line + offers(option) + " -d " + quoted(option.description) + "\n";
    std::string offered = offers(option);
    if (offered.rfind(" -x", 0) == 0 || offered.rfind(" -r", 0) == 0) offered.erase(0, 3);
    return line + offered + "\n";
}

std::string settings() {
    std::string pairs;
    for (const ConfigKey& key : config_keys()) {
        const std::vector<std::string> values = key.values.empty() ? std::vector<std::string>{""} : key.values;
        for (const std::string& value : values) {
            pairs += " \\\n        " + quoted(key.key + "=" + value) + " " + quoted(key.description);
        }
    }
    return pairs.substr(1);
}

}  // namespace

std::string fish_completion(const Outline& outline) {
    std::string commands;
    std::string lines;
    for (const CommandOutline& command : outline) {
        const std::string condition = quoted("__bnrun_in '" + command.name + "'");
        for (const OptionOutline& option : command.options) lines += option_line(condition, option);
        if (command.name.empty()) continue;
        commands += (commands.empty() ? "" : " ") + command.name;
        lines +=
            fmt::format("complete -c bnrun -n __bnrun_first -a {} -d {}\n", command.name, quoted(command.description));
    }
    return filled(filled(kFunctions, "COMMANDS", commands), "SETTINGS", settings()) + lines;
}

}  // namespace bnrun
