#include "experiment/diff_junit.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(DiffJunit, EachColumnIsATestThatFailsWhereItDiffers) {
    Diff diff;
    TableDiff& table = diff.tables.emplace_back();
    table.a = "a<b";
    table.b = "b";
    table.only_b.count = 2;
    table.columns.resize(3);
    table.columns[0].column = "layer_1";
    table.columns[1] = {"layer_2", FoundIn::kBoth, 10, 3, 0.5, {1, 20}, {}, {}, {}};
    table.columns[2].column = "layer_3";
    table.columns[2].found_in = FoundIn::kOnlyA;
    EXPECT_EQ(diff_junit(diff),
              R"(<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bnrun diff">
  <testsuite name="gradients: a&lt;b and b" tests="4" failures="3" errors="0">
    <testcase classname="gradients" name="rows">
      <failure message="rows only in A: 0, only in B: 2"/>
    </testcase>
    <testcase classname="gradients" name="layer_1"/>
    <testcase classname="gradients" name="layer_2">
      <failure message="3 of 10 rows differ, the largest relative difference is 0.5, at epoch 1, iteration 20"/>
    </testcase>
    <testcase classname="gradients" name="layer_3">
      <failure message="only in A"/>
    </testcase>
  </testsuite>
</testsuites>
)");
    table.common_rows_only = true;
    EXPECT_NE(diff_junit(diff).find("name=\"rows\"/>"), std::string::npos) << "rows of one alone do not count";
}

}  // namespace
}  // namespace bnrun
