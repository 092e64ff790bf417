#include "files/table_rows.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

constexpr const char* kHeader = "epoch,iteration,layer_1,layer_2\n";

/// Three epochs of a thousand iterations, of which every second is logged; rows have lengths of their own.
std::string long_table() {
    std::string text = kHeader;
    for (int epoch = 1; epoch <= 3; ++epoch) {
        for (int iteration = 1; iteration <= 1000; iteration += 2) {
            text += std::to_string(epoch) + "," + std::to_string(iteration) + "," + std::to_string(iteration * 0.5) +
                    std::string(static_cast<std::size_t>(iteration % 7), '0') + ",1\n";
        }
    }
    return text;
}

std::vector<std::pair<std::int64_t, std::int64_t>> places(const LoggedTable& table) {
    std::vector<std::pair<std::int64_t, std::int64_t>> found;
    for (const LoggedRow& row : table.rows) found.emplace_back(row.epoch, row.iteration);
    return found;
}

using Places = std::vector<std::pair<std::int64_t, std::int64_t>>;

class TableRowsTest : public testing::Test {
  protected:
    TableRows open(const std::string& contents) { return TableRows(scratch_.put("gradients.csv", contents)); }
    Scratch scratch_;
};

TEST_F(TableRowsTest, FindEveryRowByItsPlaceAndElseTheOneBefore) {
    const TableRows rows = open(long_table());
    for (int epoch = 1; epoch <= 3; ++epoch) {
        for (int iteration = 1; iteration < 1000; iteration += 2) {
            for (const int wanted : {iteration, iteration + 1}) {
                const LoggedTable table = rows.up_to(epoch, wanted);
                ASSERT_EQ(places(table), (Places{{epoch, iteration}}));
                ASSERT_EQ(table.rows[0].values[0], iteration * 0.5);
            }
        }
    }
    EXPECT_EQ(places(rows.up_to(9, 1)), (Places{{3, 999}}));
    EXPECT_TRUE(rows.up_to(1, 0).rows.empty());
}

TEST_F(TableRowsTest, SpreadHasBothEndsAndEvenDistances) {
    const TableRows rows = open(long_table());
    const LoggedTable table = rows.spread(7);
    ASSERT_EQ(table.rows.size(), 7U);
    EXPECT_EQ(table.kind, TableKind::kGradients);
    EXPECT_EQ(table.columns.size(), 2U);
    EXPECT_EQ(places(table).front(), (std::pair<std::int64_t, std::int64_t>{1, 1}));
    EXPECT_EQ(places(table).back(), (std::pair<std::int64_t, std::int64_t>{3, 999}));
    for (std::size_t i = 0; i < 7; ++i) {
        const auto step = static_cast<double>((table.rows[i].epoch - 1) * 1000 + table.rows[i].iteration);
        EXPECT_NEAR(step, 500.0 * static_cast<double>(i), 30);
    }
    EXPECT_EQ(places(rows.spread(1)), (Places{{3, 999}}));
}

TEST_F(TableRowsTest, SpreadOverFewRowsHasEachOnce) {
    const TableRows rows = open(std::string(kHeader) + "1,1,1,2\n1,2,3,4\n1,3,5,6\n");
    EXPECT_EQ(places(rows.spread(100)), (Places{{1, 1}, {1, 2}, {1, 3}}));
}

TEST_F(TableRowsTest, ALastLineWithoutALineBreakIsNoRow) {
    const TableRows rows = open(std::string(kHeader) + "1,1,1,2\n1,2,3,4\n1,3,5,6");
    EXPECT_EQ(places(rows.last()), (Places{{1, 2}}));
    EXPECT_EQ(places(rows.up_to(1, 3)), (Places{{1, 2}}));
    EXPECT_EQ(places(rows.spread(9)), (Places{{1, 1}, {1, 2}}));
}

TEST_F(TableRowsTest, WithoutARowGiveNone) {
    const TableRows rows = open(kHeader);
    EXPECT_TRUE(rows.last().rows.empty());
    EXPECT_TRUE(rows.spread(5).rows.empty());
    EXPECT_TRUE(rows.up_to(1, 1).rows.empty());
    EXPECT_TRUE(rows.from(0).rows.empty());
}

TEST_F(TableRowsTest, FromAByteOnAreTheRowsThatCameSince) {
    const std::string before = std::string(kHeader) + "1,1,1,2\n";
    const std::uint64_t end = open(before).end();
    EXPECT_EQ(end, before.size());
    EXPECT_EQ(places(open(before + "1,2,3,4\n1,3,5,6\n1,4").from(end)), (Places{{1, 2}, {1, 3}}));
    EXPECT_TRUE(open(before).from(end).rows.empty());
}

TEST_F(TableRowsTest, AnIterationOfManyLinesIsOneRow) {
    const TableRows rows = open(
        "epoch,iteration,layer,quantity,value\n1,1,1,dead,0.5\n1,1,2,dead,0.25\n1,3,1,dead,1\n1,3,2,dead,0\n2,1,1,dead,"
        "7\n");
    const LoggedTable table = rows.iteration_up_to(1, 9);
    ASSERT_EQ(places(table), (Places{{1, 3}}));
    EXPECT_EQ(table.rows[0].values, (std::vector<double>{1, 0}));
    EXPECT_EQ(rows.iteration_up_to(1, 1).rows.at(0).values, (std::vector<double>{0.5, 0.25}));
    EXPECT_EQ(rows.iteration_up_to(2, 1).rows.at(0).values, (std::vector<double>{7}));
    EXPECT_TRUE(rows.iteration_up_to(1, 0).rows.empty());
}

TEST_F(TableRowsTest, RowsOfEpochsHaveNoIteration) {
    const TableRows rows = open("epoch,train_loss,train_error,test_loss,test_error\n1,1,1,1,0.5\n2,1,1,1,0.25\n");
    EXPECT_EQ(rows.up_to(1, 300).rows.at(0).values.at(3), 0.5);
    EXPECT_EQ(rows.last().rows.at(0).values.at(3), 0.25);
}

TEST_F(TableRowsTest, RowsMayBeLongerThanAPieceThatIsRead) {
    std::string header = "epoch,iteration";
    std::string row = ",0.12345";
    std::string values;
    for (int layer = 1; layer <= 3000; ++layer) {
        header += ",layer_" + std::to_string(layer);
        values += row;
    }
    const TableRows rows = open(header + "\n1,1" + values + "\n1,2" + values + "\n1,3" + values + "\n");
    EXPECT_EQ(places(rows.spread(3)), (Places{{1, 1}, {1, 2}, {1, 3}}));
    EXPECT_EQ(rows.up_to(1, 2).rows.at(0).values.size(), 3000U);
}

TEST_F(TableRowsTest, WhatIsNoRowIsReportedWithItsLine) {
    const TableRows rows = open(std::string(kHeader) + "1,1,1,2\n1,2,x,4\n1,3,5,6\n");
    expect_error<DataError>([&] { (void)rows.up_to(1, 2); }, {"gradients.csv:3: value 1: \"x\""});
    EXPECT_EQ(places(rows.last()), (Places{{1, 3}}));
}

TEST_F(TableRowsTest, WithoutAHeaderThereIsNoTable) {
    expect_error<DataError>([&] { open(""); }, {"gradients.csv:1: empty"});
    expect_error<DataError>([&] { open("epoch,iter"); }, {"no line ends in a line break"});
    expect_error<DataError>([&] { (void)open("hello\n1,2\n").last(); }, {"gradients.csv:1"});
    expect_error<DataError>([&] { TableRows(scratch_.path("none")); }, {"none: cannot be read"});
}

}  // namespace
}  // namespace bnrun
