#include "cli/man_page.h"

#include <gtest/gtest.h>

#include "base/exit_codes.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

/// A program with one flag, and a command with an argument and a choice.
Outline small_outline() {
    OptionOutline flag;
    flag.flags = {"-f", "--dry-run"};
    flag.description = ".begins with a dot\n'and a quote; a\\b";
    OptionOutline place;
    place.value = "RUN";
    OptionOutline choice;
    choice.flags = {"--format"};
    choice.value = "TEXT";
    choice.choices = {"jsonl", "npz"};
    choice.description = "which";
    return {{"", "trains", {flag}}, {"export", "writes", {place, choice}}};
}

void expect_in_page(const std::string& text) {
    const std::string page = man_page(small_outline());
    EXPECT_NE(page.find(text), std::string::npos) << text;
}

TEST(ManPage, HasEachCommandWithItsOptions) {
    expect_in_page(".br\n\\fBbnrun export\\fR [\\fIRUN\\fR] [\\fIOPTION\\fR]...\n");
    expect_in_page(".SS \\fBbnrun export\\fR [\\fIRUN\\fR] [\\fIOPTION\\fR]...\nwrites\n.TP\n\\fIRUN\\fR\n");
    expect_in_page(".TP\n\\fB\\-\\-format\\fR \\fITEXT\\fR\nwhich: jsonl npz\n");
}

TEST(ManPage, AnArgumentThatIsNeededHasNoBrackets) {
    Outline outline = small_outline();
    outline[1].options[0].required = true;
    EXPECT_NE(man_page(outline).find("\\fBbnrun export\\fR \\fIRUN\\fR [\\fIOPTION"), std::string::npos);
}

TEST(ManPage, NothingInATextIsACommandOfRoff) {
    expect_in_page("\\fB\\-f\\fR, \\fB\\-\\-dry\\-run\\fR\n\\&.begins with a dot\n\\&'and a quote; a\\eb\n");
}

TEST(ManPage, HasTheTablesOfFilesKeysAndExitCodes) {
    const std::string page = man_page({{"", "", {}}});
    for (const RunFile& file : kRunFiles) {
        const std::string name = file.name[0] == '.' ? std::string("\\&") + file.name : file.name;
        EXPECT_NE(page.find(".TP\n\\fI" + name + "\\fR"), std::string::npos) << name;
    }
    EXPECT_NE(page.find("\n\\fBtrain.optimizer.learning_rate\\fR\nof the first epoch; "), std::string::npos);
    EXPECT_NE(page.find(".TP\n.B 143\ninterrupted by SIGTERM\n"), std::string::npos);
    const std::string help = exit_codes_help();
    EXPECT_EQ(static_cast<std::size_t>(std::count(help.begin(), help.end(), '\n')), kExitCodes.size() + 1);
    EXPECT_NE(help.find("\n  143  interrupted by SIGTERM\n"), std::string::npos) << help;
}

}  // namespace
}  // namespace bnrun
