#include "base/printable.h"

#include <gtest/gtest.h>

#include <string>

namespace bnrun {
namespace {

using namespace std::string_literals;

TEST(Printable, TextInAnyWritingStays) {
    for (const char* text :
         {"", "loss 0.5", "µ · 层 …", "é", "\U0001F600", "عربي", "\\u001b", "\u00a0", "\ufffd", "\u200d"}) {
        EXPECT_EQ(printable(text), text);
    }
}

TEST(Printable, WhatSteersATerminalOrBreaksTheLineIsSpelledOut) {
    EXPECT_EQ(printable("\x1b[31mred"), "\\u001b[31mred");
    EXPECT_EQ(printable("a\0b\tc\r\nd\x7f"s), "a\\u0000b\\u0009c\\u000d\\u000ad\\u007f");
    EXPECT_EQ(printable("\u0080\u009b31m\u009f"), "\\u0080\\u009b31m\\u009f");
    EXPECT_EQ(printable("\u2028\u2029"), "\\u2028\\u2029");
    EXPECT_EQ(printable("\u202a\u202e\u2066\u2069\u200e\u061c"), "\\u202a\\u202e\\u2066\\u2069\\u200e\\u061c");
    EXPECT_EQ(printable("\xef\xbf\xbe\xef\xbf\xbf"), "\\ufffe\\uffff");
}

TEST(Printable, AByteThatIsNoUtf8IsSpelledOut) {
    EXPECT_EQ(printable("r\xe9sum\xe9"), "r\\xe9sum\\xe9");
    EXPECT_EQ(printable("\x9b"
                        "1m"),
              "\\x9b1m");                            // a control of terminals that know no UTF-8
    EXPECT_EQ(printable("\xc1\x81"), "\\xc1\\x81");  // longer than the character needs
    EXPECT_EQ(printable("\xe0\x80\x80"), "\\xe0\\x80\\x80");
    EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // half of a pair
    EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // beyond the last character
    EXPECT_EQ(printable("\xf5\xff\xfe"), "\\xf5\\xff\\xfe");
    EXPECT_EQ(printable("\xe5\xb1"), "\\xe5\\xb1");  // cut off
    EXPECT_EQ(printable("\xe5\xb1\xc2\x9b"), "\\xe5\\xb1\\u009b");
}

TEST(Printable, OfEveryPairOfBytesIsUtf8WithoutControlsAndStaysTheSame) {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text = printable(std::string{static_cast<char>(first), static_cast<char>(second)});
            EXPECT_TRUE(is_utf8(text)) << first << " " << second;
            EXPECT_EQ(printable(text), text) << first << " " << second;
            for (const char c : text) EXPECT_TRUE(static_cast<unsigned char>(c) >= ' ' && c != '\x7f');
        }
    }
}

TEST(PrintableLines, KeepLineBreaksAndTabsOnly) {
    EXPECT_EQ(printable_lines("done\ta\nfailed\tb\n"), "done\ta\nfailed\tb\n");
    EXPECT_EQ(printable_lines("a\rb\x1b[2J\n\xe9\u009b"), "a\\u000db\\u001b[2J\n\\xe9\\u009b");
}

TEST(FirstCharacters, AreWholeOnesAndSayThatThereAreMore) {
    EXPECT_EQ(first_characters("abc", 3), "abc");
    EXPECT_EQ(first_characters("abcd", 3), "abc…");
    EXPECT_EQ(first_characters("aé", 3), "aé");
    EXPECT_EQ(first_characters("abéd", 3), "ab…");
    EXPECT_EQ(first_characters("\U0001F600\U0001F600", 7), "\U0001F600…");
    EXPECT_EQ(first_characters("\xe9\xe9\xe9", 2), "\xe9\xe9…");
    EXPECT_EQ(first_characters("abc", 0), "…");
}

TEST(IsUtf8, HoldsOfWholeCharactersOnly) {
    EXPECT_TRUE(is_utf8(""));
    EXPECT_TRUE(is_utf8("a\u00e9\u2026\U0001F600\x1b"));
    EXPECT_FALSE(is_utf8("r\xe9sum\xe9"));
    EXPECT_FALSE(is_utf8("\xed\xa0\x80"));
    EXPECT_FALSE(is_utf8("a\xe5\xb1"));
}

}  // namespace
}  // namespace bnrun
