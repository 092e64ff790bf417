#include "experiment/diff.h"

#include <gtest/gtest.h>

#include <cmath>
#include <ctime>
#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "experiment/diff_text.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

const std::string kHeader = "epoch,iteration,layer_1,layer_2\n";
const std::string kNorms = kHeader + "1,10,0.5,2\n1,20,0.25,4\n";
const std::string kRanges = "epoch,iteration,layer_1_min,layer_1_max\n1,10,0.25,0.75\n1,20,0.125,0.5\n";

class DiffTest : public testing::Test {
  protected:
    Diff diff(const std::string& a, const std::string& b, Tolerance tolerance = {}) {
        return diff_runs(scratch_.put("a.csv", a), scratch_.put("b.csv", b),
                         {Tolerances(tolerance.relative, tolerance.absolute)});
    }

    std::string run(const std::string& name, const std::string& gradients, const std::string& activations = kRanges,
                    const std::string& config = "{}") {
        std::filesystem::create_directory(scratch_.path(name));
        (void)scratch_.put(name + "/gradients.csv", gradients);
        (void)scratch_.put(name + "/activations.csv", activations);
        (void)scratch_.put(name + "/config.json", config);
        return scratch_.path(name);
    }

    Scratch scratch_;
};

std::string plain(const Diff& diff, bool all = false) { return diff_text(diff, DiffLayout::kPlain, all); }

TEST_F(DiffTest, Same) {
    const Diff found = diff(kNorms, kHeader + "1,20,0.250,4e0\n1,10,0.5,2\n");
    EXPECT_TRUE(found.same());
    EXPECT_EQ(plain(found), "");
    EXPECT_NE(plain(found, true).find("same: 2 rows of 2 layers\n"), std::string::npos) << plain(found, true);
    EXPECT_TRUE(diff_runs(run("a", kNorms), run("b", kNorms), {}).same());
}

TEST_F(DiffTest, OnePercentOff) {
    const std::string off = kHeader + "1,10,0.5,2\n1,20,0.25,4.04\n";
    const Diff found = diff(kNorms, off);
    EXPECT_FALSE(found.same());
    const TableDiff& table = found.tables.at(0);
    EXPECT_EQ(table.first->place.iteration, 20);
    EXPECT_EQ(table.first->column, "layer_2");
    EXPECT_EQ(table.first->a, 4);
    EXPECT_EQ(table.first->b, 4.04);
    EXPECT_NEAR(table.first->relative, 0.04 / 4.04, 1e-15);
    EXPECT_TRUE(table.columns.at(0).same());
    EXPECT_EQ(table.columns.at(1).rows, 2U);
    EXPECT_EQ(table.columns.at(1).different, 1U);
    EXPECT_EQ(table.columns.at(1).largest_at.iteration, 20);
    EXPECT_NEAR(*table.columns.at(1).mean_log_ratio, std::log10(1.01) / 2, 1e-15);
    const std::string text = plain(found);
    EXPECT_NE(text.find("  first difference: epoch 1, iteration 20, layer_2: 4 -> 4.04 (relative 0.0099)\n"),
              std::string::npos)
        << text;
    EXPECT_EQ(text.find("layer_1"), std::string::npos) << text;
    EXPECT_NE(plain(found, true).find("layer_1"), std::string::npos);
    EXPECT_TRUE(diff(kNorms, off, {0.01, 0}).same());
    EXPECT_FALSE(diff(kNorms, off, {0.0099, 0}).same());
    EXPECT_TRUE(diff(kNorms, off, {0, 0.05}).same());
    EXPECT_FALSE(diff(kNorms, off, {0, 0.03}).same());
}

TEST_F(DiffTest, TheFirstDifferenceIsTheFirstRowsNotTheFirstLayers) {
    const Diff found = diff(kNorms, kHeader + "1,10,0.5,3\n1,20,0.5,4\n");
    EXPECT_EQ(found.tables.at(0).first->place.iteration, 10);
    EXPECT_EQ(found.tables.at(0).first->column, "layer_2");
}

TEST_F(DiffTest, MissingRow) {
    const Diff found = diff(kNorms, kHeader + "1,10,0.5,2\n");
    EXPECT_FALSE(found.same());
    EXPECT_EQ(found.tables.at(0).rows, 1U);
    EXPECT_EQ(found.tables.at(0).only_a.count, 1U);
    EXPECT_EQ(plain(found).substr(plain(found).find('\n')),
              "\n  rows only in A: 1, the first at epoch 1, iteration 20\n");
    const Diff turned = diff(kHeader + "1,20,0.25,4\n", kNorms);
    EXPECT_EQ(turned.tables.at(0).only_b.count, 1U);
    EXPECT_EQ(turned.tables.at(0).only_b.first.iteration, 10);
    EXPECT_NE(diff_json(found, false).find("\"count\": 1,"), std::string::npos) << diff_json(found, false);
}

TEST_F(DiffTest, RowsOfOneTableAloneAreCountedWhereverTheyStandAndOnEitherSide) {
    const std::string first = "1,10,0.5,2\n";
    const std::string middle = "1,20,0.25,4\n";
    const std::string last = "1,30,1,1\n";
    for (const std::string& alone : {first, middle, last}) {
        std::string others = kHeader;
        for (const std::string& row : {first, middle, last}) others += row == alone ? "" : row;
        const std::string all = kHeader + first + middle + last;
        const TableDiff shorter = diff(others, all).tables.at(0);
        EXPECT_EQ(shorter.only_a.count, 0U) << alone;
        EXPECT_EQ(shorter.only_b.count, 1U) << alone;
        const TableDiff longer = diff(all, others).tables.at(0);
        EXPECT_EQ(longer.only_a.count, 1U) << alone;
        EXPECT_EQ(longer.only_b.count, 0U) << alone;
        EXPECT_FALSE(diff(others, all).same() || diff(all, others).same()) << alone;
        EXPECT_NE(diff_json(diff(others, all), false).find("\"only_b\""), std::string::npos);
    }
}

TEST_F(DiffTest, RunsWithoutAConfigAreComparedByTheirTables) {
    const std::string a = run("a", kNorms);
    const std::string b = run("b", kNorms, kRanges, R"({"seed": 2})");
    std::filesystem::remove(a + "/config.json");
    for (const auto& [first, second] : {std::pair(a, b), std::pair(b, a)}) {
        const Diff found = diff_runs(first, second, {});
        EXPECT_TRUE(found.same());
        EXPECT_TRUE(found.config.empty());
    }
    // A table that one of them lacks is named as what cannot be read.
    (void)scratch_.put("b/epochs.csv", "epoch,train_loss,train_error,test_loss,test_error\n1,0.5,0.25,0.5,0.25\n");
    expect_error<DataError>([&] { (void)diff_runs(a, b, {}); }, {"a/epochs.csv"});
    expect_error<DataError>([&] { (void)diff_runs(b, a, {}); }, {"a/epochs.csv"});
}

TEST_F(DiffTest, ExtraLayer) {
    const std::string more = "epoch,iteration,layer_1,layer_2,layer_3\n1,10,0.5,2,1\n1,20,0.25,4,1\n";
    const Diff found = diff(kNorms, more);
    EXPECT_FALSE(found.same());
    EXPECT_FALSE(found.tables.at(0).first);
    EXPECT_EQ(found.tables.at(0).columns.at(2).found_in, FoundIn::kOnlyB);
    EXPECT_NE(plain(found).find("layer_3  only in B\n"), std::string::npos) << plain(found);
    EXPECT_EQ(diff(more, kNorms).tables.at(0).columns.at(2).found_in, FoundIn::kOnlyA);
}

TEST_F(DiffTest, NanVsNumber) {
    const Diff found = diff(kHeader + "1,10,nan,2\n", kHeader + "1,10,0.5,2\n", {0.5, 1e9});
    EXPECT_FALSE(found.same());
    EXPECT_TRUE(std::isinf(found.tables.at(0).first->relative));
    EXPECT_FALSE(found.tables.at(0).columns.at(0).mean_log_ratio);
    const double infinity = std::numeric_limits<double>::infinity();
    EXPECT_FALSE(diff(kHeader + "1,10,inf,2\n", kHeader + "1,10,-inf,2\n", {1, infinity}).same());
    EXPECT_FALSE(diff(kHeader + "1,10,inf,2\n", kHeader + "1,10,1,2\n", {1, infinity}).same());
    EXPECT_FALSE(diff(kHeader + "1,10,1,2\n", kHeader + "1,10,inf,2\n", {1, infinity}).same());
    EXPECT_FALSE(diff(kHeader + "1,10,1,2\n", kHeader + "1,10,nan,2\n", {1, infinity}).same());
}

TEST_F(DiffTest, NanVsNan) { EXPECT_TRUE(diff(kHeader + "1,10,nan,inf\n", kHeader + "1,10,nan,inf\n").same()); }

TEST_F(DiffTest, TextVsCsv) {
    const std::string csv = kHeader + "1,10,0.123456,2\n";
    const std::string text = "epoch:1 iteration:10/300\n 0.12346 2\n";
    EXPECT_FALSE(diff(csv, text).same());
    EXPECT_TRUE(diff(csv, text, {1e-4, 0}).same());
    const std::string directory = run("a", csv);
    (void)scratch_.put("a/gradients.txt", text);
    EXPECT_TRUE(diff_runs(directory, scratch_.put("text", text), {}).same());
    EXPECT_TRUE(diff_runs(scratch_.put("text", text), directory, {}).same());
    EXPECT_TRUE(diff_runs(directory, scratch_.put("csv", csv), {}).same());
    const std::string ranges = "epoch:1 iteration:10/300\n max 0.75\n min 0.25\n";
    EXPECT_TRUE(diff("epoch,iteration,layer_1_min,layer_1_max\n1,10,0.25,0.75\n", ranges).same());
}

TEST_F(DiffTest, ActivationsDiffer) {
    std::string ranges = kRanges;
    ranges.replace(ranges.find("0.125"), 5, "0.124");
    const Diff found = diff_runs(run("a", kNorms), run("b", kNorms, ranges), {});
    EXPECT_FALSE(found.same());
    EXPECT_TRUE(found.tables.at(0).same());
    EXPECT_EQ(found.tables.at(1).kind, TableKind::kActivations);
    EXPECT_EQ(found.tables.at(1).first->column, "layer_1_min");
    EXPECT_EQ(plain(found).rfind("activations: ", 0), 0U) << plain(found);
}

TEST_F(DiffTest, Truncated) {
    const Diff found = diff(kNorms, kNorms.substr(0, kNorms.size() - 3));
    EXPECT_FALSE(found.same());
    EXPECT_EQ(found.tables.at(0).only_a.count, 1U);
}

TEST_F(DiffTest, ConfigsComeFirstAndDecideNothing) {
    const Diff found =
        diff_runs(run("a", kNorms, kRanges, R"({"name": "a", "seed": 1, "model": {"depth": 2}})"),
                  run("b", kNorms, kRanges, R"({"name": "b", "seed": 2, "model": {"hidden": [3, 4]}})"), {});
    EXPECT_TRUE(found.same());
    EXPECT_EQ(plain(found),
              "config: A -> B\n  seed: 1 -> 2\n  model.depth: 2 -> none\n  model.hidden: none -> [3,4]\n");
    const std::string json = diff_json(found, false);
    EXPECT_EQ(json.rfind("{\n  \"same\": true,", 0), 0U) << json;
    EXPECT_NE(json.find(R"("key": "model.hidden")"), std::string::npos) << json;
}

TEST_F(DiffTest, BothTestErrorsComeFirst) {
    const std::string a = run("a", kNorms);
    const std::string b = run("b", kNorms, kRanges, R"({"seed": 2})");
    (void)scratch_.put("a/summary.json", R"({"status": "done", "test_error": 0.5})");
    (void)scratch_.put("b/summary.json", R"({"status": "diverged", "test_error": 0.25})");
    const Diff found = diff_runs(a, b, {});
    EXPECT_EQ(plain(found), "test error: A 0.5000, B 0.2500 (diverged), B/A 0.5\nconfig: A -> B\n  seed: none -> 2\n");
    const auto json = nlohmann::json::parse(diff_json(found, false));
    EXPECT_EQ(json.at("a").at("test_error"), 0.5);
    EXPECT_EQ(json.at("b").at("status"), "diverged");
    const Diff same = diff_runs(a, a, {});
    EXPECT_EQ(plain(same), "") << "of equal runs there is nothing to say";
    EXPECT_TRUE(plain(same, true).starts_with("test error: A 0.5000, B 0.5000, B/A 1\n"));
    std::filesystem::remove(b + "/summary.json");
    EXPECT_TRUE(plain(diff_runs(a, b, {})).starts_with("test error: A 0.5000, B unknown\n"));
}

TEST_F(DiffTest, NormsHaveGeometricMeansOfWhatIsPositiveOthersArithmeticOnes) {
    const TableDiff norms = diff(kHeader + "1,1,1,0\n1,2,4,1\n", kHeader + "1,1,2,5\n1,2,50,3\n").tables.at(0);
    EXPECT_NEAR(norms.columns[0].mean_a.value(), 2, 1e-14);
    EXPECT_NEAR(norms.columns[0].mean_b.value(), 10, 1e-13);
    EXPECT_NEAR(norms.columns[0].ratio().value(), 5, 1e-13);
    EXPECT_NEAR(norms.columns[1].ratio().value(), 3, 1e-13) << "of the second row alone";
    const std::string header = "epoch,iteration,layer_1_min,layer_1_max\n";
    const TableDiff ranges = diff(header + "1,1,-1,0\n1,2,3,0\n", header + "1,1,1,nan\n1,2,5,4\n").tables.at(0);
    EXPECT_EQ(ranges.columns[0].mean_a, 1);
    EXPECT_EQ(ranges.columns[0].mean_b, 3);
    EXPECT_EQ(ranges.columns[0].ratio(), 3);
    EXPECT_EQ(ranges.columns[1].mean_b, 4) << "where both are finite";
    EXPECT_FALSE(ranges.columns[1].ratio()) << "over 0";
}

TEST_F(DiffTest, RowsOfOneAloneAreNoDifferenceWhereOnlyCommonOnesCount) {
    const std::string shorter = kHeader + "1,10,0.5,2\n";
    DiffOptions options;
    options.rows = DiffRows::kCommon;
    const Diff found = diff_runs(scratch_.put("a.csv", kNorms), scratch_.put("b.csv", shorter), options);
    EXPECT_TRUE(found.same());
    EXPECT_EQ(found.tables.at(0).only_a.count, 1U);
    EXPECT_NE(plain(found, true).find("rows only in A, which do not count: 1"), std::string::npos);
    const std::string other = kHeader + "1,10,0.75,2\n";
    EXPECT_FALSE(diff_runs(scratch_.put("a.csv", kNorms), scratch_.put("b.csv", other), options).same());
}

TEST_F(DiffTest, OnlyTheTablesNamedAreCompared) {
    const std::string a = run("a", kNorms);
    const std::string b = run("b", kHeader + "1,10,7,7\n");
    DiffOptions options;
    options.only = {"activations"};
    const Diff found = diff_runs(a, b, options);
    EXPECT_TRUE(found.same());
    EXPECT_EQ(found.tables.size(), 1U);
    options.only = {"epochs"};
    expect_error<ConfigError>([&] { (void)diff_runs(a, b, options); }, {"--only epochs", "no such table"});
    expect_error<ConfigError>([&] { (void)diff_runs(a + "/gradients.csv", b + "/gradients.csv", options); },
                              {"--only epochs", "no such table"});
}

TEST_F(DiffTest, AColumnMayHaveAToleranceOfItsOwn) {
    const std::string off = kHeader + "1,10,0.5,2\n1,20,0.25,4.04\n";
    const auto with = [&](const std::string& text) {
        DiffOptions options;
        options.tolerances.add("--rtol", &Tolerance::relative, {text});
        return diff_runs(scratch_.put("a.csv", kNorms), scratch_.put("b.csv", off), options);
    };
    EXPECT_TRUE(with("layer_2=0.01").same());
    EXPECT_TRUE(with("gradients.layer_2=0.01").same());
    EXPECT_FALSE(with("layer_1=0.01").same());
    expect_error<ConfigError>([&] { (void)with("layer_3=0.01"); }, {"--rtol layer_3=0.01", "no table"});
    expect_error<ConfigError>([&] { (void)with("epochs.layer_2=0.01"); }, {"--rtol epochs.layer_2=0.01"});
}

TEST_F(DiffTest, RunsOfDifferentNormsAreWarnedOf) {
    const Diff found = diff_runs(run("a", kNorms, kRanges, R"({"log": {"norm": "spectral"}})"),
                                 run("b", kNorms, kRanges, R"({"log": {"norm": "rms"}})"), {});
    ASSERT_EQ(found.warnings.size(), 1U);
    EXPECT_NE(found.warnings[0].find("different norms"), std::string::npos);
}

TEST_F(DiffTest, LossesAndErrorsOfTwoRunsCount) {
    const std::string a = run("a", kNorms);
    const std::string b = run("b", kNorms);
    const std::string header = "epoch,train_loss,train_error,test_loss,test_error\n";
    (void)scratch_.put("a/epochs.csv", header + "1,2,0.5,2,0.25\n");
    (void)scratch_.put("b/epochs.csv", header + "1,2,0.5,2,0.75\n");
    const Diff found = diff_runs(a, b, {});
    EXPECT_FALSE(found.same());
    EXPECT_EQ(found.tables.back().kind, TableKind::kEpochs);
    EXPECT_EQ(found.tables.back().first->column, "test_error");
    std::filesystem::remove(b + "/epochs.csv");
    expect_error<DataError>([&] { diff_runs(a, b, {}); }, {"b/epochs.csv", "cannot be read"});
}

TEST_F(DiffTest, WhatIsNotComparableIsRefused) {
    expect_error<DataError>([&] { diff(kNorms, kRanges); }, {"a.csv has gradients", "b.csv has activations"});
    expect_error<DataError>([&] { diff(kNorms, kHeader + "1,10,x,2\n"); }, {"b.csv:2: "});
    expect_error<DataError>([&] { diff_runs(run("a", kNorms), scratch_.path(), {}); }, {"not a run directory"});
    expect_error<DataError>([&] { diff_runs(run("a", kNorms), run("b", kNorms, kRanges, "[]"), {}); },
                            {"b/config.json", "JSON object"});
}

TEST_F(DiffTest, ADirectoryThatCannotBeLookedIntoIsNamedWithTheReason) {
    const std::string b = run("b", kNorms);
    std::filesystem::remove(b + "/config.json");
    std::filesystem::create_symlink("config.json", b + "/config.json");
    expect_error<DataError>([&] { diff_runs(run("a", kNorms), b, {}); },
                            {"b/config.json: cannot be looked for: Too many levels of symbolic links"});
}

TEST_F(DiffTest, ATableOfVeryManyLayersTakesNoLongerThanItsSize) {
    std::string header = "epoch,iteration";
    for (int l = 1; l <= 100000; ++l) header += ",layer_" + std::to_string(l);
    const auto start = std::chrono::steady_clock::now();
    const Diff found = diff(kNorms, header + "\n");
    EXPECT_EQ(found.tables.at(0).columns.size(), 100000U);
    EXPECT_NE(plain(found).find("layer_100000  only in B"), std::string::npos);
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(10));
}

TEST_F(DiffTest, TenThousandRowsOfElevenLayersInUnderASecond) {
    std::string table = "epoch,iteration";
    for (int l = 1; l <= 11; ++l) table += ",layer_" + std::to_string(l);
    for (int i = 1; i <= 10000; ++i) {
        table += "\n1," + std::to_string(i);
        for (int l = 1; l <= 11; ++l) table += ",0.0" + std::to_string(1234567 + 11 * i + l);
    }
    std::string other = table + "\n";
    other.replace(other.rfind("0.0"), 3, "0.1");
    const std::clock_t start = std::clock();  // the processor's time, as others may keep the machine busy
    const Diff found = diff(table + "\n", other);
    EXPECT_LT(std::clock() - start, CLOCKS_PER_SEC);
    EXPECT_EQ(found.tables.at(0).rows, 10000U);
    EXPECT_EQ(found.tables.at(0).columns.at(10).different, 1U);
    EXPECT_TRUE(found.tables.at(0).columns.at(9).same());
}

}  // namespace
}  // namespace bnrun
