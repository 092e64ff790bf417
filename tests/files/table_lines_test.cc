// A table's text, line by line.
#include "files/table_lines.h"

#include <gtest/gtest.h>

#include <cmath>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const std::string kPath = "table.csv";

TEST(Lines, EndInALineBreakOfEitherKindBehindAMark) {
    Lines lines(
        "\xEF\xBB\xBF"
        "a,b\r\n\nlast\n",
        kPath);
    ASSERT_TRUE(lines.next());
    EXPECT_EQ(lines.line(), "a,b");
    ASSERT_TRUE(lines.next());
    EXPECT_EQ(lines.line(), "");
    ASSERT_TRUE(lines.next());
    EXPECT_EQ(lines.line(), "last");
    EXPECT_EQ(lines.number(), 3U);
    EXPECT_FALSE(lines.next());
    EXPECT_FALSE(lines.is_cut_off());
}

TEST(Lines, WhatStandsBehindTheLastBreakIsNone) {
    Lines lines("1\n2", kPath);
    EXPECT_TRUE(lines.next());
    EXPECT_FALSE(lines.next());
    EXPECT_TRUE(lines.is_cut_off());
    EXPECT_EQ(lines.line(), "1");
}

TEST(TakeField, TakesUpToTheSeparatorAndTheSeparator) {
    std::string_view text = "1,,3";
    EXPECT_EQ(take_field(text, ','), "1");
    EXPECT_EQ(take_field(text, ','), "");
    EXPECT_EQ(take_field(text, ','), "3");
    EXPECT_EQ(take_field(text, ','), "");
}

TEST(CountFrom, IsAWholeNumberThatADoubleHolds) {
    const Lines lines("", kPath);
    EXPECT_EQ(count_from("9007199254740992", "epoch", lines), kMostSteps);
    for (const char* bad : {"", "0", "-1", "1.0", "1e3", "9007199254740993", " 1", "99999999999999999999"}) {
        expect_error<DataError>([&] { (void)count_from(bad, "epoch", lines); },
                                {"table.csv:1: epoch \"", "from 1 to 2^53"});
    }
}

TEST(ValuesFrom, ReadNumbersOfEachKind) {
    const Lines lines("", kPath);
    const std::vector<double> values = values_from("1e-3,-2,inf,nan", ',', 4, lines);
    ASSERT_EQ(values.size(), 4U);
    EXPECT_EQ(values[0], 1e-3);
    EXPECT_EQ(values[1], -2);
    EXPECT_TRUE(std::isinf(values[2]));
    EXPECT_TRUE(std::isnan(values[3]));
    EXPECT_EQ(values_from("1 2 3", ' ', 0, lines).size(), 3U);
}

TEST(ValuesFrom, SayWhichValueIsNoneAndHowManyThereAre) {
    const Lines lines("", kPath);
    const auto read = [&](const char* text, std::size_t count) {
        return [&lines, text, count] { (void)values_from(text, ',', count, lines); };
    };
    expect_error<DataError>(read("1,x2", 2), {"table.csv:1: value 2: \"x2\"; expected a number"});
    expect_error<DataError>(read("1,", 2), {"value 2: \"\""});
    expect_error<DataError>(read("1,2,3", 2), {"3 values; expected 2"});
    expect_error<DataError>(read("1", 2), {"1 values; expected 2"});
    expect_error<DataError>(read("", 0), {"0 values; expected some"});
}

TEST(Shown, IsShortAndPrintable) {
    EXPECT_EQ(shown("a\x1b"), "\"a\\u001b\"");
    EXPECT_LT(shown(std::string(1000, 'x')).size(), 60U);
}

}  // namespace
}  // namespace bnrun
