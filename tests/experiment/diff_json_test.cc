#include "experiment/diff_json.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/json_text.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

ColumnDiff column_of_means(std::optional<double> a, std::optional<double> b) {
    ColumnDiff column;
    column.mean_a = a;
    column.mean_b = b;
    return column;
}

TEST(ColumnDiff, HasARatioWhereItIsFinite) {
    EXPECT_EQ(column_of_means(2, 3).ratio(), 1.5);
    EXPECT_FALSE(column_of_means(0, 3).ratio());
    EXPECT_FALSE(column_of_means(std::nullopt, 3).ratio());
    EXPECT_FALSE(column_of_means(2, std::nullopt).ratio());
    EXPECT_FALSE(column_of_means(2, std::numeric_limits<double>::infinity()).ratio());
}

TEST(TableDiff, RowsOfOneAloneAreADifferenceUnlessOnlyCommonOnesCount) {
    TableDiff table;
    EXPECT_TRUE(table.same());
    for (RowsOfOne TableDiff::*const rows : {&TableDiff::only_a, &TableDiff::only_b}) {
        table = {};
        (table.*rows).count = 1;
        EXPECT_FALSE(table.same());
        table.common_rows_only = true;
        EXPECT_TRUE(table.same());
    }
    table.columns.resize(2);
    table.columns[1].found_in = FoundIn::kOnlyB;
    EXPECT_FALSE(table.same());
    Diff diff;
    diff.tables = {TableDiff(), table};
    EXPECT_FALSE(diff.same());
}

TEST(KindName, IsTheStemOfTheFileThatShowsIt) {
    for (const RunFile& file : kRunFiles) {
        if (!file.shows) continue;
        const std::string name = file.name;
        EXPECT_EQ(kind_name(*file.shows), name.substr(0, name.find('.')));
    }
}

TEST(DiffJson, HasOfEachColumnWhatIsKnownAndNullForTheRest) {
    Diff diff;
    diff.result_a = RunResult{"done", 0.5};
    diff.config = {{"seed", "1", "2"}, {"model.hidden", "", "[3]"}};
    TableDiff& table = diff.tables.emplace_back();
    table.columns.push_back({"layer_1", FoundIn::kBoth, 2, 0, 0, {}, {}, {}, {}});
    table.columns.push_back({"layer_2", FoundIn::kBoth, 2, 1, 0.25, {1, 20}, 0.125, 2, 3});
    table.columns.push_back({"layer_3", FoundIn::kOnlyB, 0, 0, 0, {}, {}, {}, {}});
    table.only_b = {3, {2, 10}};
    const OrderedJson json = parse_stored(diff_json(diff, false), "diff");
    EXPECT_EQ(json["same"], false);
    EXPECT_EQ(json["a"]["test_error"], 0.5);
    EXPECT_TRUE(json["b"].is_null());
    EXPECT_EQ(json["config"].dump(), R"([{"key":"seed","a":1,"b":2},{"key":"model.hidden","a":null,"b":[3]}])");
    const OrderedJson& columns = json["tables"][0]["columns"];
    ASSERT_EQ(columns.size(), 2U) << "without the one that is the same";
    EXPECT_EQ(columns[0].dump(),
              R"({"column":"layer_2","in":"both","rows":2,"different":1,"largest_relative":0.25,"epoch":1,)"
              R"("iteration":20,"mean_log10_ratio":0.125,"mean_a":2.0,"mean_b":3.0,"ratio":1.5})");
    EXPECT_EQ(columns[1]["in"], "b");
    EXPECT_EQ(json["tables"][0]["only_a"].dump(), R"({"count":0})");
    EXPECT_EQ(json["tables"][0]["only_b"].dump(), R"({"count":3,"epoch":2,"iteration":10})");
    const OrderedJson all = parse_stored(diff_json(diff, true), "diff");
    EXPECT_TRUE(all["tables"][0]["columns"][0]["largest_relative"].is_null());
    EXPECT_TRUE(all["tables"][0]["columns"][0]["epoch"].is_null());
    EXPECT_TRUE(all["tables"][0]["first"].is_null());
}

}  // namespace
}  // namespace bnrun
