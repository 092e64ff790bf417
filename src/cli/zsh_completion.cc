#include <fmt/format.h>

#include "cli/completion.h"
#include "settings/key_choices.h"

namespace bnrun {
namespace {

constexpr const char* kZshScript = R"zsh(#compdef bnrun
# zsh completion of bnrun; in ~/.zshrc, after compinit: source <(bnrun completion zsh)
# or as a file _bnrun in a directory of $fpath.

_bnrun_commands() {
    local -a commands
    commands=(
@COMMANDS@    )
    _describe -t commands command commands
}

_bnrun_configs() {
    local expl
    local -a names
    names=(configs/*.json(N:t))
    _wanted configs expl config compadd -a names
    _files
}

_bnrun_settings() {
    local expl key=${PREFIX%%=*}
    local -a keys values
    if [[ $PREFIX != *=* ]]; then
        keys=(
@KEYS@        )
        _describe -t keys key keys -S ''
        return
    fi
    compset -P '*[=,]'
    case $key in
@VALUES@    esac
    _wanted values expl value compadd -a values
}

_bnrun() {
    local command=''
    (( CURRENT > 2 )) && command=$words[2]
    case $command in
@CASES@    esac
}

if [[ $funcstack[1] == _bnrun ]]; then _bnrun "$@"; else compdef _bnrun bnrun; fi
)zsh";

/// An option's help, with the characters that would end it escaped.
std::string help(const std::string& description) {
    std::string text;
    for (const char c : description) text += (c == '[' || c == ']' || c == '\\' ? "\\" : "") + std::string(1, c);
    return text;
}

std::string action(const OptionOutline& option) {
    switch (option.takes) {
        case Takes::kChoice: return "(" + joined(option.choices) + ")";
        case Takes::kConfig: return "_bnrun_configs";
        case Takes::kSetting: return "_bnrun_settings";
        case Takes::kFile: return "_files";
        case Takes::kDirectory: return "_files -/";
        default: return "";
    }
}

std::string argument_specs(const OptionOutline& option) {
    const std::string value = option.value.empty() ? "" : ":" + option.value + ":" + action(option);
    const std::string many = option.repeats ? "*" : "";
    std::string specs;
    for (const std::string& flag : option.flags) {
        const bool joins = !value.empty() && flag.rfind("--", 0) == 0;
        specs += " \\\n                " +
                 shell_quoted(many + flag + (joins ? "=" : "") + "[" + help(option.description) + "]" + value);
    }
    if (option.flags.empty()) specs = " \\\n                " + shell_quoted(many + value);
    return specs;
}

std::string command_case(const CommandOutline& command) {
    std::string text = command.name.empty() ? "        *)\n" : "        " + command.name + ")\n";
    if (!command.name.empty()) text += "            shift words\n            (( CURRENT-- ))\n";
    text += "            _arguments";
    for (const OptionOutline& option : command.options) text += argument_specs(option);
    if (command.name.empty()) text += " \\\n                '1:command:_bnrun_commands'";
    return text + "\n            ;;\n";
}

}  // namespace

std::string zsh_completion(const Outline& outline) {
    std::string keys;
    std::string values;
    for (const ConfigKey& key : config_keys()) {
        keys += "            " + shell_quoted(key.key + "=:" + key.description) + "\n";
        if (!key.values.empty()) values += fmt::format("        {}) values=({}) ;;\n", key.key, joined(key.values));
    }
    std::string commands;
    std::string cases;
    for (const CommandOutline& command : outline) {
        if (command.name.empty()) continue;
        commands += "        " + shell_quoted(command.name + ":" + command.description) + "\n";
        cases += command_case(command);
    }
    cases += command_case(outline.front());  // the pattern that takes the rest comes last
    std::string text = filled(filled(kZshScript, "COMMANDS", commands), "CASES", cases);
    return filled(filled(text, "KEYS", keys), "VALUES", values);
}

}  // namespace bnrun
