#include "report/show_run_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "base/columns.h"
#include "support/shown_run.h"

namespace bnrun {
namespace {

const TextLook kShowLook{80, Glyphs::kUnicode, false, true};

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines{""};
    for (const char c : text) {
        if (c == '\n') {
            lines.emplace_back();
        } else {
            lines.back() += c;
        }
    }
    return lines;
}

bool has_line(const std::string& text, const std::string& wanted) {
    const std::vector<std::string> lines = lines_of(text);
    return std::find(lines.begin(), lines.end(), wanted) != lines.end();
}

TEST(ShowRunText, SaysWhatTheRunIsAndItsErrors) {
    const std::string text = show_run_text(shown_run(), kShowLook);
    EXPECT_TRUE(has_line(text, "  status   done, epoch 2 of 2, iteration 3")) << text;
    EXPECT_TRUE(has_line(text, "  error    test 0.1250 (3 of 24), training 0.2500")) << text;
    EXPECT_TRUE(has_line(text, "  data     synthetic")) << text;
    EXPECT_TRUE(has_line(text, "  program  bnrun 0.2.0, commit abc")) << text;
    EXPECT_TRUE(has_line(text, "  net      2x200 sigmoid, rmsprop 4e-05, 2 epochs, seed 1")) << text;
    EXPECT_TRUE(has_line(text, "  settings model.depth=2, train.epochs=2")) << text;
    EXPECT_NE(text.find("  time     1.5 s, 400 samples/s, 2 threads, ended 20"), std::string::npos) << text;
    EXPECT_NE(text.find("At epoch 2, iteration 3 of 3: gradient norm (spectral) of each layer"), std::string::npos)
        << text;
    EXPECT_TRUE(has_line(show_run_text(shown_run("{}"), kShowLook), "  settings all defaults"));
}

TEST(ShowRunText, HasABarAFactorALineAndTheRangeOfEachLayer) {
    const std::vector<std::string> lines = lines_of(show_run_text(shown_run(), kShowLook));
    const auto head = std::find_if(lines.begin(), lines.end(), [](const auto& l) { return l.starts_with(" layer "); });
    ASSERT_NE(head, lines.end());
    EXPECT_NE(head->find("norm 1…1e2"), std::string::npos) << *head;
    const auto expect = [&](int row, const std::string& start, const std::string& end) {
        const std::string& line = *(head + row);
        EXPECT_TRUE(line.starts_with(start)) << line;
        EXPECT_TRUE(line.ends_with(end)) << line;
        EXPECT_LE(columns_of(line), 80U);
    };
    expect(1, "     1 6    █", " 0.25…0.75");
    expect(2, "     2 24   █", " 0.12…0.6");
    expect(3, "output 48   █", "▇");
    EXPECT_EQ((head + 1)->find("×"), std::string::npos);
    EXPECT_NE((head + 2)->find(" ×4 ▂"), std::string::npos) << *(head + 2);
    EXPECT_NE((head + 3)->find(" ×2 ▂"), std::string::npos) << *(head + 3);
}

TEST(ShowRunText, EndsWithTheVerdictAndTheCourseOfLossAndError) {
    const std::string text = show_run_text(shown_run(), kShowLook);
    EXPECT_TRUE(has_line(text, "even: ×4 a layer")) << text;
    EXPECT_TRUE(has_line(text, "loss       █▇▆▅▄▁ 6 to 1")) << text;
    EXPECT_TRUE(has_line(text, "test error █▁ 0.25 to 0.125")) << text;
}

TEST(ShowRunText, FitsANarrowTerminalAndAWideOne) {
    for (const std::size_t columns : {40U, 60U, 80U, 140U, 300U}) {
        const TextLook look{columns, Glyphs::kUnicode, false, true};
        const ShownRun run = shown_run();
        for (const std::string& line : lines_of(show_run_text(run, look))) {
            if (line.find(run.outline.directory) != std::string::npos) continue;  // it can be copied
            EXPECT_LE(columns_of(line), columns) << line;
        }
        EXPECT_NE(show_run_text(run, look).find("0.25…0.75"), std::string::npos);
    }
}

TEST(ShowRunText, InAsciiHasNoOtherCharacter) {
    const std::string text = show_run_text(shown_run(), {80, Glyphs::kAscii, false, true});
    EXPECT_TRUE(std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 128; }))
        << text;
    EXPECT_TRUE(has_line(text, "even: x4 a layer")) << text;
}

TEST(ShowRunText, HasColoursOnlyWhereTheLookHas) {
    EXPECT_EQ(show_run_text(shown_run(), kShowLook).find('\x1b'), std::string::npos);
    const TextLook coloured{80, Glyphs::kUnicode, true, true};
    EXPECT_NE(show_run_text(shown_run(), coloured).find("\x1b[32meven: ×4 a layer\x1b[0m\n"), std::string::npos);
}

TEST(ShowRunText, OfANameThatSteersATerminalIsPrintable) {
    ShownRun run = shown_run();
    run.outline.name = "a\x1b[2Jb";
    const std::string text = show_run_text(run, kShowLook);
    EXPECT_EQ(text.find('\x1b'), std::string::npos);
    EXPECT_NE(text.find("a\\u001b[2Jb"), std::string::npos) << text;
}

TEST(ShowRunText, OfNormsThatHaveNoBarGoesOn) {
    ShownRun run = shown_run();
    run.norms = {0, std::nan(""), 1};
    const std::string text = show_run_text(run, kShowLook);
    EXPECT_TRUE(has_line(text, "not finite: layer 2's gradient")) << text;
    run.norms.clear();
    run.notes = {"No iteration has been logged."};
    EXPECT_TRUE(has_line(show_run_text(run, kShowLook), "No iteration has been logged."));
}

}  // namespace
}  // namespace bnrun
