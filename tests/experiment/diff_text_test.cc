#include "experiment/diff_text.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

/// A table of two rows, of which the second differs in its second layer, and with a row of A alone.
TableDiff one_value_off() {
    TableDiff table;
    table.a = "a.csv";
    table.b = "b.csv";
    table.rows = 2;
    table.first = ValueDifference{{1, 20}, "layer_2", 4, 8, 0.5};
    table.columns.push_back({"layer_1", FoundIn::kBoth, 2, 0, 0, {}, 0, 0.5, 0.5});
    table.columns.push_back({"layer_2", FoundIn::kBoth, 2, 1, 0.5, {1, 20}, 0.15, 2.828, 4});
    table.only_a = {1, {2, 10}};
    return table;
}

TEST(DiffText, ATableHasItsFirstDifferenceAndALineForEachColumnThatDiffers) {
    Diff found;
    found.tables = {one_value_off()};
    EXPECT_EQ(diff_text(found, DiffLayout::kPlain, false),
              "gradients: A a.csv, B b.csv\n"
              "  first difference: epoch 1, iteration 20, layer_2: 4 -> 8 (relative 0.5)\n"
              "  rows only in A: 1, the first at epoch 2, iteration 10\n"
              "  layer    A      B  B/A    rows  differ  largest relative  at\n"
              "  layer_2  2.828  4  1.414  2     1       0.5               epoch 1, iteration 20\n");
    EXPECT_NE(diff_text(found, DiffLayout::kPlain, true).find("\n  layer_1  0.5    0.5  1      2     0       -"),
              std::string::npos);
}

TEST(DiffText, MarkdownIsATable) {
    Diff found;
    found.tables = {one_value_off()};
    EXPECT_EQ(diff_text(found, DiffLayout::kMarkdown, false),
              "## gradients: A a.csv, B b.csv\n\n"
              "- first difference: epoch 1, iteration 20, layer_2: 4 -> 8 (relative 0.5)\n"
              "- rows only in A: 1, the first at epoch 2, iteration 10\n\n"
              "| layer | A | B | B/A | rows | differ | largest relative | at |\n"
              "| --- | --- | --- | --- | --- | --- | --- | --- |\n"
              "| layer_2 | 2.828 | 4 | 1.414 | 2 | 1 | 0.5 | epoch 1, iteration 20 |\n\n");
}

TEST(DiffText, OfEqualRunsThereIsNothingToSay) {
    Diff found;
    found.result_a = found.result_b = RunResult{"done", 0.5};
    found.tables.resize(1);
    found.tables[0].kind = TableKind::kEpochs;
    EXPECT_EQ(diff_text(found, DiffLayout::kPlain, false), "");
    EXPECT_EQ(diff_text(found, DiffLayout::kPlain, true),
              "test error: A 0.5000, B 0.5000, B/A 1\nepochs: A , B \n  same: 0 rows of 0 columns\n");
    found.result_b = RunResult{"diverged", std::nullopt};
    found.config = {{"seed", "1", ""}};
    EXPECT_EQ(diff_text(found, DiffLayout::kPlain, false),
              "test error: A 0.5000, B none (diverged)\nconfig: A -> B\n  seed: 1 -> none\n");
}

TEST(DiffText, NothingInAKeyOrAPathBreaksThePage) {
    Diff found;
    found.config = {{"a\x1b[31m|`", "1", "\u009b<b>"}, {"![x](y)", "", "*[1,2]*"}};
    EXPECT_EQ(diff_text(found, DiffLayout::kPlain, false),
              "config: A -> B\n  a\\u001b[31m|`: 1 -> \\u009b<b>\n  ![x](y): none -> *[1,2]*\n");
    EXPECT_EQ(diff_text(found, DiffLayout::kMarkdown, false),
              "## config: A -> B\n\n- `` a\\u001b[31m|` ``: 1 -> `\\u009b<b>`\n- `![x](y)`: none -> `*[1,2]*`\n");
}

/// The key's item in Markdown.
std::string item_of(const std::string& key) {
    Diff found;
    found.config = {{key, "1", "2"}};
    std::string text = diff_text(found, DiffLayout::kMarkdown, false);
    text.erase(0, std::string("## config: A -> B\n\n- ").size());
    return text.substr(0, text.find(": 1 -> 2\n"));
}

TEST(DiffText, WhatCouldBeMarkupIsCodeInMarkdown) {
    for (const char* text : {"# Heading",
                             "_em_",
                             "__strong__",
                             "a_",
                             "a __b__",
                             "~~gone~~",
                             "~",
                             "*em*",
                             "<b>",
                             "&lt;",
                             "a|b",
                             "\\n",
                             "![x](y)",
                             "[x](y)",
                             "[x][y]",
                             "[x]: y",
                             "[^1]",
                             "[ ] to do",
                             "[x] done",
                             "> quote",
                             "- item",
                             "+ item",
                             "-",
                             "1. item",
                             "2) item",
                             "1.",
                             "=> x",
                             "https://x.example/",
                             "see http://x.example",
                             "www.x.example",
                             "WWW.x.example",
                             "a@x.example",
                             "mailto:x",
                             ":smile:",
                             "@name",
                             "#1",
                             "$x$",
                             "a  b",
                             "a ",
                             " a",
                             "a!",
                             "a;b"}) {
        EXPECT_EQ(item_of(text), "`" + std::string(text) + "`");
    }
    EXPECT_EQ(item_of("a`b"), "``a`b``");
    EXPECT_EQ(item_of("`a` ``b``"), "``` `a` ``b`` ```");
    EXPECT_EQ(item_of(" "), "` `");
}

TEST(DiffText, OrdinaryTextIsNoCodeInMarkdown) {
    for (const char* text : {"model.batch_norm.enabled", "train.optimizer.learning_rate", "1e-05", "-1", "+2.5", "1.5",
                             "[10,10]", "true", "\"10 iterations\"", "{\"name\":\"sgd\"}",
                             "results/width=30,seed=1/gradients.csv", "../a (copy)/b", "Größe", "layer_1", "50%"}) {
        EXPECT_EQ(item_of(text), text);
    }
}

TEST(DiffText, APathInATitleAndABarInACellBreakNoPage) {
    Diff found;
    found.tables.resize(1);
    found.tables[0].a = "_a_/gradients.csv";
    found.tables[0].b = "b/gradients.csv";
    found.tables[0].columns.resize(1);
    found.tables[0].columns[0].column = "a|b";
    found.tables[0].columns[0].found_in = FoundIn::kOnlyA;
    const std::string text = diff_text(found, DiffLayout::kMarkdown, false);
    EXPECT_TRUE(text.starts_with("## gradients: A `_a_/gradients.csv`, B b/gradients.csv\n")) << text;
    EXPECT_NE(text.find("\n| `a\\|b` | only in A | "), std::string::npos) << text;
}

}  // namespace
}  // namespace bnrun
