#include <fmt/format.h>

#include "cli/completion.h"
#include "settings/key_choices.h"

namespace bnrun {
namespace {

constexpr const char* kBashScript = R"bash(# bash completion of bnrun; in ~/.bashrc: source <(bnrun completion bash)

_bnrun_options() {  # COMMAND
    case $1 in
@OPTIONS@    esac
}

_bnrun_takes() {  # COMMAND OPTION, or COMMAND alone for the argument that is no option
    case "$1 $2" in
@TAKES@    esac
}

_bnrun_keys='@KEYS@'

_bnrun_values() {  # KEY
    case $1 in
@VALUES@    esac
}

_bnrun_candidates() {  # WHAT CURRENT
    local start value
    case $1 in
        anything) ;;
        directory) compgen -d -- "$2" ;;
        file) compgen -f -- "$2" ;;
        config)
            [[ ! -d configs ]] || (cd configs && compgen -G '*.json' | while read -r value; do
                [[ $value != "$2"* ]] || echo "$value"
            done)
            compgen -f -- "$2"
            ;;
        setting)
            if [[ $2 != *=* ]]; then
                compgen -W "$_bnrun_keys" -- "$2"
            else
                start=${2%"${2##*[=,]}"}
                compgen -P "$start" -W "$(_bnrun_values "${2%%=*}")" -- "${2##*[=,]}"
            fi
            ;;
        *) compgen -W "$1" -- "$2" ;;
    esac
}

_bnrun() {
    local words=() word path i current command='' option option_part='' takes broken_off='' breaks=''
    # bash breaks words at = and :, which are part of a word here.
    [[ ${COMP_WORDBREAKS-} != *=* ]] || breaks='[=:]'
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if [[ -n $breaks && i -gt 1 && ($word == $breaks || ${COMP_WORDS[i - 1]} == $breaks) ]]; then
            words[-1]+=$word
        else
            words+=("$word")
        fi
    done
    current=${words[-1]}
    option=${words[-2]}
    [[ -z $breaks ]] || broken_off=${current%"${current##*$breaks}"}
    if [[ ${#words[@]} -gt 2 && -n $(_bnrun_options "${words[1]}") ]]; then command=${words[1]}; fi
    if [[ $current == --*=* ]]; then
        option=${current%%=*}
        option_part=$option=
        current=${current#*=}
    fi
    takes=$(_bnrun_takes "$command" "$option")
    if [[ -z $takes && $current != -* ]]; then
        takes=$(_bnrun_takes "$command")
        if [[ ${#words[@]} -eq 2 ]]; then takes='@COMMANDS@'; fi
    fi
    case $takes in
        '') takes=$(_bnrun_options "$command") ;;
        config | directory | file) compopt -o filenames -o noquote 2> /dev/null ;;
        setting) [[ $current == *=* ]] || compopt -o nospace 2> /dev/null ;;
    esac
    COMPREPLY=()
    while IFS= read -r word; do
        path=$word
        word=$option_part$word
        word=${word#"$broken_off"}
        # bash would quote = and comma, too, and then not know the word again; of what it has not quoted or has broken
        # off, it does not see that it is a directory.
        if [[ $takes == @(config|directory|file) ]]; then
            if [[ $word == *[!A-Za-z0-9_./=,+:@%~-]* ]]; then printf -v word %q "$word"; fi
            if [[ $word != "$path" && -d $path ]]; then
                word+=/
                compopt -o nospace 2> /dev/null
            fi
        fi
        COMPREPLY+=("$word")
    done < <(_bnrun_candidates "$takes" "$current")
}

complete -F _bnrun bnrun
)bash";

std::string what(const OptionOutline& option) {
    switch (option.takes) {
        case Takes::kChoice: return joined(option.choices);
        case Takes::kConfig: return "config";
        case Takes::kSetting: return "setting";
        case Takes::kFile: return "file";
        case Takes::kDirectory: return "directory";
        default: return "anything";
    }
}

std::string options_cases(const Outline& outline) {
    std::string cases;
    for (const CommandOutline& command : outline) {
        std::vector<std::string> flags;
        for (const OptionOutline& option : command.options) {
            flags.insert(flags.end(), option.flags.begin(), option.flags.end());
        }
        cases += fmt::format("        '{}') echo '{}' ;;\n", command.name, joined(flags));
    }
    return cases;
}

std::string takes_cases(const Outline& outline) {
    std::string cases;
    for (const CommandOutline& command : outline) {
        for (const OptionOutline& option : command.options) {
            if (option.takes == Takes::kNothing) continue;
            std::string patterns = option.flags.empty() ? shell_quoted(command.name + " ") : "";
            for (const std::string& flag : option.flags) {
                patterns += (patterns.empty() ? "" : " | ") + shell_quoted(command.name + " " + flag);
            }
            cases += fmt::format("        {}) echo {} ;;\n", patterns, shell_quoted(what(option)));
        }
    }
    return cases;
}

}  // namespace

std::string bash_completion(const Outline& outline) {
    std::string keys;
    std::string values;
    for (const ConfigKey& key : config_keys()) {
        keys += (keys.empty() ? "" : " ") + key.key + "=";
        if (!key.values.empty()) values += fmt::format("        {}) echo '{}' ;;\n", key.key, joined(key.values));
    }
    std::vector<std::string> commands;
    for (const CommandOutline& command : outline) {
        if (!command.name.empty()) commands.push_back(command.name);
    }
    std::string text = filled(kBashScript, "OPTIONS", options_cases(outline));
    text = filled(text, "TAKES", takes_cases(outline));
    text = filled(text, "COMMANDS", joined(commands));
    return filled(filled(text, "KEYS", keys), "VALUES", values);
}

}  // namespace bnrun
