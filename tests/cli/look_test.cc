// What is taken for a terminal's abilities.
#include "cli/look.h"

#include <gtest/gtest.h>

#include <map>

namespace bnrun {
namespace {

Environment with(std::map<std::string, std::string> values) {
    return [values = std::move(values)](const char* name) {
        const auto found = values.find(name);
        return found == values.end() ? nullptr : found->second.c_str();
    };
}

const Screen kTerminal{true, 132, 40};

TEST(Look, WidthIsThatOfColumnsThenTheTerminalsThen80) {
    EXPECT_EQ(look_of(kTerminal, with({{"COLUMNS", "40"}})).columns, 40U);
    EXPECT_EQ(look_of(kTerminal, with({})).columns, 132U);
    EXPECT_EQ(look_of({}, with({})).columns, 80U);
    EXPECT_EQ(look_of({}, with({{"COLUMNS", "x"}})).columns, 80U);
    EXPECT_EQ(look_of(kTerminal, with({{"COLUMNS", "1"}})).columns, 20U);
}

TEST(Look, IsUnicodeInAUtf8LocaleOnly) {
    EXPECT_EQ(look_of(kTerminal, with({{"LANG", "de_DE.UTF-8"}})).glyphs, Glyphs::kUnicode);
    EXPECT_EQ(look_of(kTerminal, with({{"LC_CTYPE", "C.utf8"}, {"LANG", "C"}})).glyphs, Glyphs::kUnicode);
    EXPECT_EQ(look_of(kTerminal, with({{"LC_ALL", "C"}, {"LANG", "de_DE.UTF-8"}})).glyphs, Glyphs::kAscii);
    EXPECT_EQ(look_of(kTerminal, with({{"LC_ALL", ""}, {"LANG", "de_DE.UTF-8"}})).glyphs, Glyphs::kUnicode);
    EXPECT_EQ(look_of(kTerminal, with({})).glyphs, Glyphs::kAscii);
}

TEST(Look, ADumbTerminalHasNeitherColoursNorUnicode) {
    const TextLook look = look_of(kTerminal, with({{"LANG", "C.UTF-8"}, {"TERM", "dumb"}}));
    EXPECT_EQ(look.glyphs, Glyphs::kAscii);
    EXPECT_FALSE(look.colour);
    EXPECT_FALSE(can_redraw(kTerminal, with({{"TERM", "dumb"}})));
}

TEST(Look, ColoursAndCutsAreForTerminals) {
    EXPECT_TRUE(look_of(kTerminal, with({})).colour);
    EXPECT_TRUE(look_of(kTerminal, with({})).is_cut);
    EXPECT_FALSE(look_of({}, with({})).colour);
    EXPECT_FALSE(look_of({}, with({})).is_cut);
    EXPECT_FALSE(look_of(kTerminal, with({{"NO_COLOR", "1"}})).colour);
    EXPECT_TRUE(can_redraw(kTerminal, with({{"TERM", "xterm"}})));
    EXPECT_FALSE(can_redraw({}, with({})));
}

}  // namespace
}  // namespace bnrun
