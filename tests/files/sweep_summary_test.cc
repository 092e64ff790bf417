#include "files/sweep_summary.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const std::string kTail = ",status,train_loss,train_error,test_loss,test_error,test_wrong\n";

TEST(SweepSummary, ReadsQuotedCellsAndMissingNumbers) {
    const Scratch scratch;
    const SweepSummary sweep = read_sweep_summary(scratch.put(
        "summary.csv",
        "run,model.hidden,seed" + kTail + "\"a,\"\"b\"\"\",30-30,1,done,2,0.5,1,0.25,25\n" + "c,40,2,diverged,,,,,\n"));
    EXPECT_EQ(sweep.axes, (std::vector<std::string>{"model.hidden", "seed"}));
    ASSERT_EQ(sweep.rows.size(), 2U);
    EXPECT_EQ(sweep.rows[0].run, "a,\"b\"");
    EXPECT_EQ(sweep.rows[0].values, (std::vector<std::string>{"30-30", "1"}));
    EXPECT_EQ(sweep.rows[0].train_error, 0.5);
    EXPECT_EQ(sweep.rows[0].test_error, 0.25);
    EXPECT_EQ(sweep.rows[1].status, "diverged");
    EXPECT_FALSE(sweep.rows[1].test_error.has_value());
}

TEST(SweepSummary, TakesTheColumnsOfAValidationSet) {
    const Scratch scratch;
    std::string tail = kTail;
    tail.insert(tail.size() - 1, ",validation_loss,validation_error");
    const std::string path =
        scratch.put("summary.csv", "run,seed" + tail + "a,1,done,2,0.5,1,0.25,25,3,0.75\nb,2,failed,,,,,,,\n");
    EXPECT_TRUE(is_sweep_summary(path));
    const SweepSummary sweep = read_sweep_summary(path);
    EXPECT_EQ(sweep.axes, std::vector<std::string>{"seed"});
    ASSERT_EQ(sweep.rows.size(), 2U);
    EXPECT_EQ(sweep.rows[0].test_error, 0.25);
    expect_error<DataError>(
        [&] { parse_sweep_summary("run,seed" + tail + "a,1,done,2,0.5,1,0.25,25\n", "summary.csv"); },
        {"summary.csv:2: 8 cells, expected 10"});
}

TEST(SweepSummary, LeavesOutALastRowWithoutALineBreak) {
    const Scratch scratch;
    const std::string whole = "run" + kTail + "a,done,1,0.5,1,0.25,25\n";
    EXPECT_TRUE(read_sweep_summary(scratch.put("summary.csv", whole)).warnings.empty());
    for (const char* rest : {"b", "b,done,1,0.5,1,0.25,2", "\"b", "\"", "\"\"", "b,done,1,0.5,1,0.25,25,1"}) {
        const SweepSummary sweep = read_sweep_summary(scratch.put("summary.csv", whole + rest));
        EXPECT_EQ(sweep.rows.size(), 1U) << rest;
        ASSERT_EQ(sweep.warnings.size(), 1U) << rest;
        EXPECT_NE(sweep.warnings[0].find("summary.csv:3: the last row is cut off"), std::string::npos);
    }
}

TEST(SweepSummary, ReadsByteOrderMarksAndCarriageReturns) {
    const Scratch scratch;
    std::string text = "run,seed" + kTail + "\"a\r\nb\",1,done,1,0.5,1,0.25,25\n";
    text.replace(text.find("wrong\n"), 6, "wrong\r\n").replace(text.size() - 1, 1, "\r\n");
    const SweepSummary sweep = read_sweep_summary(scratch.put("summary.csv", "\xEF\xBB\xBF" + text));
    EXPECT_EQ(sweep.axes, std::vector<std::string>{"seed"});
    ASSERT_EQ(sweep.rows.size(), 1U);
    EXPECT_EQ(sweep.rows[0].run, "a\r\nb");
    EXPECT_EQ(sweep.rows[0].test_error, 0.25);
}

TEST(SweepSummary, TextIsNoFormulaForASpreadsheet) {
    for (const char* text : {"=1+1", "+cmd", "-x", "@sum", "'quoted", "=a,\"b\"", "-", "-1-2"}) {
        const std::string cell = summary_cell(text);
        EXPECT_EQ(cell.substr(cell[0] == '"' ? 1 : 0, 1), "'") << cell;
        const SweepSummary sweep = parse_sweep_summary("run,key" + kTail + cell + "," + cell + ",done,,,,,\n", "file");
        ASSERT_EQ(sweep.rows.size(), 1U);
        EXPECT_EQ(sweep.rows[0].run, text);
        EXPECT_EQ(sweep.rows[0].values[0], text);
    }
    for (const char* text : {"-1", "-1e-5", "0.5", "a=b", "relu", "", "1-2"}) EXPECT_EQ(summary_cell(text), text);
}

TEST(SweepSummary, ACellIsPrintable) { EXPECT_EQ(summary_cell("\tx"), "\\u0009x"); }

TEST(SweepSummary, NamesFileAndLineOfWhatIsWrong) {
    const Scratch scratch;
    const auto read = [&](const std::string& text) {
        return [&scratch, text] { (void)read_sweep_summary(scratch.put("summary.csv", text)); };
    };
    expect_error<DataError>(read("a,b\n1,2\n"), {"summary.csv:1", "expected run"});
    expect_error<DataError>(read(""), {"summary.csv:1", "expected run"});
    expect_error<DataError>(read("run" + kTail + "a,done,1\n"), {"summary.csv:2", "3 cells, expected 7"});
    for (const char* open : {"\"\"\n", "\"a,done,1,2,3,4,5\n"}) {
        expect_error<DataError>(read("run" + kTail + open), {"summary.csv:2: 1 cells, expected 7"});
    }
    expect_error<DataError>(read("run" + kTail.substr(0, kTail.size() - 1)), {"summary.csv:1", "expected run"});
    expect_error<DataError>(read("ran" + kTail), {"summary.csv:1", "expected run"});
    expect_error<DataError>(read("run,seed,status,train_loss,train_error,test_loss,test_error,wrong\n"),
                            {"summary.csv:1", "expected run"});
    expect_error<DataError>(read("run" + kTail + "a,done,1,2,3,4x,5\n"), {"summary.csv:2: \"4x\", expected a number"});
    expect_error<DataError>(read("run" + kTail + "a,done,1,2,3,many,5\n"), {"summary.csv:2", "many", "number"});
}

TEST(SweepSummary, AnAxisThatBeginsLikeAFormulaReadsBackAsItWas) {
    const std::vector<std::string> axes{"=x", "'=x", "seed", "@a,b"};
    std::string header = "run";
    std::string row = "a";
    for (const std::string& axis : axes) {
        header += "," + summary_cell(axis);
        row += ",1";
    }
    EXPECT_EQ(parse_sweep_summary(header + kTail + row + ",done,1,2,3,4,5\n", "summary.csv").axes, axes);
}

TEST(SweepSummary, IsKnownByItsFirstLine) {
    const Scratch scratch;
    const std::string tail = "status,train_loss,train_error,test_loss,test_error,test_wrong\n";
    for (const std::string& start : {"run," + tail, "run,seed,\"a,b\"," + tail + "torn", "\xef\xbb\xbfrun," + tail}) {
        EXPECT_TRUE(is_sweep_summary(scratch.put("summary.csv", start))) << start;
    }
    for (const std::string& other :
         {std::string(), std::string("mine\n"), "name," + tail, tail, "x\nrun," + tail,
          std::string("run,status,train_loss,train_error,test_loss,test_error,test_wrong")}) {
        EXPECT_FALSE(is_sweep_summary(scratch.put("summary.csv", other))) << other;
    }
    EXPECT_FALSE(is_sweep_summary(scratch.path()));
    EXPECT_FALSE(is_sweep_summary(scratch.path("absent")));
}

}  // namespace
}  // namespace bnrun
