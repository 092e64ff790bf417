#include "chart/text_chart.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/columns.h"

namespace bnrun {
namespace {

const TextLook kWide{80, Glyphs::kUnicode, false, true};

TEST(TextBar, FillsItsShareToAnEighthOfAColumn) {
    EXPECT_EQ(text_bar(0.5, 4), "██  ");
    EXPECT_EQ(text_bar(1, 4), "████");
    EXPECT_EQ(text_bar(7, 2), "██");
    EXPECT_EQ(text_bar(0.3125, 4), "█▎  ");
    EXPECT_EQ(text_bar(0.875, 1), "▉");
}

TEST(TextBar, OfAnythingAboveZeroIsSeenAndOfZeroIsEmpty) {
    EXPECT_EQ(text_bar(1e-9, 3), "▏  ");
    EXPECT_EQ(text_bar(0, 3), "   ");
    EXPECT_EQ(text_bar(-1, 3), "   ");
}

TEST(Sparkline, HasACharacterForEachHeight) {
    EXPECT_EQ(sparkline({0, 0.14, 0.5, 1, 2, -1}), "▁▂▅██▁");
    EXPECT_EQ(sparkline({0, std::nullopt, 1}), "▁ █");
    EXPECT_EQ(sparkline({}), "");
}

TEST(LogHeights, HaveALogScaleOfTheirOwn) {
    const auto heights = log_heights({1e-6, 1e-4, 1e-2});
    EXPECT_NEAR(heights[0].value(), 0, 1e-12);
    EXPECT_NEAR(heights[1].value(), 0.5, 1e-12);
    EXPECT_NEAR(heights[2].value(), 1, 1e-12);
}

TEST(LogHeights, OfWhatHardlyChangesAreFlat) {
    for (const auto& height : log_heights({0.1, 0.11, 0.105})) EXPECT_NEAR(height.value(), 0.5, 0.05);
    EXPECT_NEAR(log_heights({3}).front().value(), 0.5, 1e-12);
}

TEST(LogHeights, OfWhatALogScaleCannotHoldAreNone) {
    const auto heights = log_heights({0, 1, std::nan(""), std::numeric_limits<double>::infinity(), -1, 100});
    for (const int none : {0, 2, 3, 4}) EXPECT_FALSE(heights[static_cast<std::size_t>(none)]);
    EXPECT_NEAR(heights[5].value(), 1, 1e-12);
    EXPECT_FALSE(log_heights({0, -1})[0]);
}

TEST(AsShown, InAsciiHasNoOtherCharacterOfOurs) {
    EXPECT_EQ(as_shown("×4.3 0.1±0.2 a…b –", Glyphs::kAscii), "x4.3 0.1+-0.2 a..b -");
    EXPECT_EQ(as_shown(text_bar(0.3125, 4) + sparkline({0, 0.5, 1}), Glyphs::kAscii), "#|  _=#");
    EXPECT_EQ(as_shown("name é", Glyphs::kAscii), "name é");
    EXPECT_EQ(as_shown("×", Glyphs::kUnicode), "×");
}

TEST(TextTable, AlignsEveryColumnByItsWidestCell) {
    const TextTable table{{Align::kLeft, Align::kRight}, {{"layer", "norm"}, {"1", "×10.25"}, {"a", ""}}, 2, 0};
    EXPECT_EQ(text_table(table, kWide), (std::vector<std::string>{"layer    norm", "1      ×10.25", "a"}));
}

TEST(TextTable, CutsTheFlexibleColumnOnATerminalAndNothingInAFile) {
    const TextTable table{{Align::kLeft, Align::kLeft}, {{"a name of many letters", "1234567890"}}, 2, 0};
    TextLook look{24, Glyphs::kUnicode, false, true};
    EXPECT_EQ(text_table(table, look), (std::vector<std::string>{"a name of m…  1234567890"}));
    look.glyphs = Glyphs::kAscii;
    EXPECT_EQ(text_table(table, look), (std::vector<std::string>{"a name of m~  1234567890"}));
    look.columns = 12;
    for (const std::string& line : text_table(table, look)) EXPECT_LE(columns_of(line), 12U);
    look.is_cut = false;
    EXPECT_EQ(text_table(table, look), (std::vector<std::string>{"a name of many letters  1234567890"}));
}

TEST(Wrapped, BreaksBetweenWordsBesideTheLabel) {
    const TextLook look{16, Glyphs::kUnicode, false, true};
    EXPECT_EQ(wrapped("data", 6, "mnist 60000 and 10000", look), "data  mnist\n      60000 and\n      10000\n");
    EXPECT_EQ(wrapped("", 0, "short", look), "short\n");
    EXPECT_EQ(wrapped("long", 6, "averyveryverylongword x", look), "long  averyveryverylongword\n      x\n");
    EXPECT_EQ(wrapped("none", 6, "", look), "none\n");
}

TEST(Emphasized, IsColouredOnlyWhereTheLookHasColours) {
    EXPECT_EQ(emphasized("line", Emphasis::kBad, kWide), "line");
    EXPECT_EQ(emphasized("line", Emphasis::kBad, {80, Glyphs::kUnicode, true, true}), "\x1b[31mline\x1b[0m");
    EXPECT_EQ(emphasized("line", Emphasis::kNone, {80, Glyphs::kUnicode, true, true}), "line");
}

}  // namespace
}  // namespace bnrun
