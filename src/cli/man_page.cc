#include "cli/man_page.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/exit_codes.h"
#include "experiment/version.h"
#include "files/run_files.h"
#include "settings/key_choices.h"

namespace bnrun {
namespace {

constexpr const char* kEnd = R"(.SH ENVIRONMENT
.TP
.B BNRUN_DATA_DIR
directory with MNIST's four files, where data.dir is not set
.TP
.B BNRUN_ISA
\fIavx2\fR, \fIavx512\fR or \fIneon\fR: the instructions that kernels use (default: the widest the processor has; results are the same)
.TP
.B COLUMNS
the width for which \fBshow\fR lays out what it prints (default: the terminal's, else 80)
.TP
.B LC_ALL, LC_CTYPE, LANG
the first that is set decides whether \fBshow\fR prints Unicode (a UTF-8 locale) or ASCII
.TP
.B NO_COLOR
if set, the log and what \fBshow\fR prints have no colours
.SH EXAMPLES
.EX
bnrun \-\-config sigmoid10_bn.json
bnrun \-\-config sigmoid10_bn \-\-set model.activation=relu \-\-out results/relu
bnrun sweep \-\-config sigmoid10 \-\-grid model.batch_norm=false,true \-\-grid seed=1:3 \-\-out results/bn
bnrun show results/sigmoid10_bn
bnrun diff results/bn/batch_norm=false,seed=1 results/bn/batch_norm=true,seed=1
bnrun eval results/sigmoid10_bn
bnrun export results/sigmoid10_bn \-\-format npz \-o sigmoid10_bn.npz
bnrun report results/sigmoid10 results/sigmoid10_bn \-o report.html
.EE
)";

/// Text as roff reads it: nothing in it is a command or an escape, and a minus stays one that can be copied.
std::string roff(const std::string& text) {
    std::string result;
    for (const char c : text) {
        const bool starts_line = result.empty() || result.back() == '\n';
        if (starts_line && (c == '.' || c == '\'')) result += "\\&";
        if (c == '\\') {
            result += "\\e";
        } else {
            result += c == '-' ? "\\-" : std::string(1, c);
        }
    }
    return result;
}

std::string argument(const OptionOutline& option) {
    std::string text;
    for (const std::string& flag : option.flags) text += (text.empty() ? "" : ", ") + ("\\fB" + roff(flag) + "\\fR");
    if (option.value.empty()) return text;
    return text + (text.empty() ? "" : " ") + "\\fI" + roff(option.value) + "\\fR";
}

std::string options_text(const CommandOutline& command) {
    std::string text;
    for (const OptionOutline& option : command.options) {
        text += ".TP\n" + argument(option) + "\n" + roff(option.description);
        if (!option.choices.empty()) text += ": " + roff(fmt::format("{}", fmt::join(option.choices, " ")));
        text += "\n";
    }
    return text;
}

std::string files_text() {
    std::string text =
        ".SH FILES\nA run leaves these in its directory, results/NAME unless \\fB\\-\\-out\\fR says otherwise:\n";
    for (const RunFile& file : kRunFiles) {
        const std::string when = file.when[0] == '\0' ? "" : fmt::format(" ({})", roff(file.when));
        text += fmt::format(".TP\n\\fI{}\\fR{}\n{}\n", roff(file.name), when, roff(file.holds));
    }
    return text +
           ".PP\nA last line of a table that has no line break is no row: \\fBdiff\\fR, \\fBexport\\fR and "
           "\\fBreport\\fR "
           "leave it out and say so.\n";
}

std::string exit_status_text() {
    std::string text = ".SH EXIT STATUS\n";
    for (const auto& [code, meaning] : kExitCodes) {
        text += fmt::format(".TP\n.B {}\n{}\n", static_cast<int>(code), roff(meaning));
    }
    return text;
}

std::string usage(const CommandOutline& command) {
    std::string places;
    for (const OptionOutline& option : command.options) {
        if (!option.flags.empty()) continue;
        const std::string place = "\\fI" + roff(option.value) + "\\fR";
        places += option.required ? " " + place : " [" + place + "]";
    }
    return "\\fBbnrun " + roff(command.name) + "\\fR" + places + " [\\fIOPTION\\fR]...";
}

}  // namespace

std::string exit_codes_help() {
    std::string text = "Exit codes:\n";
    for (const auto& [code, meaning] : kExitCodes) text += fmt::format("  {:<5}{}\n", static_cast<int>(code), meaning);
    return text;
}

std::string man_page(const Outline& outline) {
    const CommandOutline& program = outline.front();
    std::string text = fmt::format(".TH BNRUN 1 \"\" \"bnrun {}\" \"User Commands\"\n", version().version);
    text += ".SH NAME\nbnrun \\- train deep networks and log every layer's gradient\n.SH SYNOPSIS\n";
    text += ".B bnrun\n\\fB\\-\\-config\\fR \\fIFILE\\fR [\\fIOPTION\\fR]...\n";
    std::string commands;
    for (const CommandOutline& command : outline) {
        if (command.name.empty()) continue;
        text += ".br\n" + usage(command) + "\n";
        commands += ".SS " + usage(command) + "\n" + roff(command.description) + "\n" + options_text(command);
    }
    text += ".SH DESCRIPTION\n" + roff(program.description) +
            "\nTables and results go to standard output, and nothing else does; the log goes to standard error.\n";
    text += ".SH OPTIONS\n" + options_text(program) + ".SH COMMANDS\n" + commands;
    text += ".SH SETTINGS\nKeys of the config, which is JSON with // comments, and of \\fB\\-\\-set\\fR:\n";
    for (const ConfigKey& key : config_keys()) {
        text += ".TP\n\\fB" + roff(key.key) + "\\fR\n" + roff(key.description) + "; " + roff(key.expectation) + "\n";
    }
    return text + files_text() + exit_status_text() + kEnd;
}

}  // namespace bnrun
