#include "files/logged_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "base/error.h"
#include "files/table.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

IterationRecord record(std::int64_t iteration) {
    IterationRecord row;
    row.epoch = 1;
    row.iteration = iteration;
    row.iterations = 300;
    row.loss = 2.25;
    row.learning_rate = 4e-5;
    row.gradient_norms = {1.5e-7, std::nan(""), kInfinity};
    row.activation_min = {0.125, -kInfinity};
    row.activation_max = {1, 0.5};
    return row;
}

class LoggedTableTest : public testing::Test {
  protected:
    LoggedTable read(const std::string& contents) { return read_logged_table(scratch_.put("table", contents)); }

    void expect_refused(const std::string& contents, std::initializer_list<const char*> texts) {
        expect_error<DataError>([&] { read(contents); }, texts);
    }

    Scratch scratch_;
};

void expect_norms(const LoggedTable& table) {
    EXPECT_EQ(table.kind, TableKind::kGradients);
    EXPECT_EQ(table.columns, (std::vector<std::string>{"layer_1", "layer_2", "layer_3"}));
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[1].epoch, 1);
    EXPECT_EQ(table.rows[1].iteration, 20);
    ASSERT_EQ(table.rows[1].values.size(), 3U);
    EXPECT_EQ(table.rows[1].values[0], 1.5e-7);
    EXPECT_TRUE(std::isnan(table.rows[1].values[1]));
    EXPECT_EQ(table.rows[1].values[2], kInfinity);
}

void expect_ranges(const LoggedTable& table) {
    EXPECT_EQ(table.kind, TableKind::kActivations);
    EXPECT_EQ(table.columns, (std::vector<std::string>{"layer_1_min", "layer_1_max", "layer_2_min", "layer_2_max"}));
    ASSERT_EQ(table.rows.size(), 1U);
    EXPECT_EQ(table.rows[0].values, (std::vector<double>{0.125, 1, -kInfinity, 0.5}));
}

TEST_F(LoggedTableTest, ReadsWhatARunWrites) {
    const Precision precision = Precision::kFloat64;
    expect_norms(
        read(gradients_csv_header(3) + gradients_csv(record(10), precision) + gradients_csv(record(20), precision)));
    expect_norms(read(gradients_text(record(10)) + gradients_text(record(20))));
    expect_ranges(read(activations_csv_header(2) + activations_csv(record(10), precision)));
    expect_ranges(read(activations_text(record(10))));
    const LoggedTable iterations = read(iterations_csv_header() + iterations_csv(record(10), precision));
    EXPECT_EQ(iterations.kind, TableKind::kIterations);
    EXPECT_EQ(iterations.columns, (std::vector<std::string>{"loss", "learning_rate"}));
    EXPECT_EQ(iterations.rows.at(0).values, (std::vector<double>{2.25, 4e-5}));
    const LoggedTable epochs = read(epochs_csv_header() + epochs_csv({2, 0.5, 0.25, 1.5, 0.125, 1, 8}));
    EXPECT_EQ(epochs.kind, TableKind::kEpochs);
    EXPECT_EQ(epochs.rows.at(0).epoch, 2);
    EXPECT_EQ(epochs.rows.at(0).iteration, 0);
    EXPECT_EQ(epochs.rows.at(0).values, (std::vector<double>{0.5, 0.25, 1.5, 0.125}));
    const EpochRecord validated{2, 0.5, 0.25, 1.5, 0.125, 1, 8, Validation{2.5, 0.75, 3, 4}};
    const LoggedTable more = read(epochs_csv_header(true) + epochs_csv(validated));
    EXPECT_EQ(more.kind, TableKind::kEpochs);
    EXPECT_EQ(more.columns.back(), "validation_error");
    EXPECT_EQ(more.rows.at(0).values, (std::vector<double>{0.5, 0.25, 1.5, 0.125, 2.5, 0.75}));
}

TEST_F(LoggedTableTest, ReadsThePostsTables) {
    for (const char* name : {"gradients_bn_off.txt", "gradients_bn_on.txt"}) {
        const LoggedTable table = read_logged_table(BNRUN_SOURCE_DIR "/tests/golden/post/" + std::string(name));
        EXPECT_EQ(table.columns.size(), 11U);
        EXPECT_EQ(table.columns.back(), "layer_11");
        ASSERT_EQ(table.rows.size(), 5U);
        EXPECT_EQ(table.rows[4].iteration, 50);
    }
}

TEST_F(LoggedTableTest, ReadsASavedStdout) {
    expect_norms(read(gradients_text(record(10)) + "\n" + gradients_text(record(20)) + test_error_text(0.5, 1, 2)));
    const EpochRecord validated{2, 0.5, 0.25, 1.5, 0.125, 1, 8, Validation{2.5, 0.75, 3, 4}};
    expect_norms(read(gradients_text(record(10)) + gradients_text(record(20)) + final_errors_text(validated)));
    std::string text = gradients_text(record(10)) + gradients_text(record(20));
    for (std::size_t at = 0; (at = text.find('\n', at)) != std::string::npos; at += 2) text.insert(at, "\r");
    expect_norms(read(text));
}

TEST_F(LoggedTableTest, LeavesOutALastRowThatWasCutOff) {
    const std::string csv = "epoch,iteration,layer_1,layer_2\n1,1,0.5,2\n";
    for (const char* rest : {"1", "1,", "1,2", "1,2,", "1,2,0.5", "1,2,0.5,", "1,2,0.5,1e", "1,2,0.5,-", "1,2,0.5,1",
                             "1,2,0.5,1,1", "1,2,0.5,1\r"}) {
        const LoggedTable table = read(csv + rest);
        EXPECT_EQ(table.rows.size(), 1U) << rest;
        EXPECT_EQ(table.cut_off, 3U) << rest;
    }
    EXPECT_EQ(read(csv + "1,2,0.5,1\n").rows.size(), 2U);
    EXPECT_EQ(read(csv).cut_off, 0U);
    const std::string norms = "epoch:1 iteration:1/9\n 0.5 2\n";
    for (const char* rest : {"ep", "epoch:1 it", "epoch:1 iteration:2/9", "epoch:1 iteration:2/9\n",
                             "epoch:1 iteration:2/9\n 0", "epoch:1 iteration:2/9\n 0.5 1", " 0", " 1e"}) {
        const LoggedTable table = read(norms + rest);
        EXPECT_EQ(table.rows.size(), 1U) << rest;
        EXPECT_EQ(table.cut_off, 3U) << rest;
    }
    EXPECT_EQ(read(norms + "\n").cut_off, 0U);
    const std::string ranges = "epoch:1 iteration:1/9\n max 0.5 2\n min 0 1\n";
    for (const char* rest :
         {" ma", " max 1", " max 1 2", " max 1 2\n", " max 1 2\n min", " max 1 2\n min 1", " max 1 2\n min 1 2"}) {
        const LoggedTable table = read(ranges + "epoch:1 iteration:2/9\n" + rest);
        EXPECT_EQ(table.rows.size(), 1U) << rest;
        EXPECT_EQ(table.cut_off, 4U) << rest;
    }
    EXPECT_TRUE(read("epoch,iteration,layer_1,layer_2\n").rows.empty());
}

TEST_F(LoggedTableTest, SaysWhatItLeftOut) {
    std::vector<std::string> warnings;
    warn_of_cut_off(read("epoch,iteration,layer_1\n1,1,2\n"), warnings);
    EXPECT_TRUE(warnings.empty());
    warn_of_cut_off(read("epoch,iteration,layer_1\n1,1,2"), warnings);
    ASSERT_EQ(warnings.size(), 1U);
    EXPECT_NE(warnings[0].find("table:2: the last row is cut off and is left out; "), std::string::npos) << warnings[0];
}

TEST_F(LoggedTableTest, ReadsByteOrderMarksAndCarriageReturns) {
    const std::string mark = "\xEF\xBB\xBF";
    EXPECT_EQ(read(mark + "epoch,iteration,layer_1\r\n1,1,2\r\n").rows.at(0).values, std::vector<double>{2});
    EXPECT_EQ(read(mark + "epoch,train_loss,train_error,test_loss,test_error\n1,2,0,3,0\n").kind, TableKind::kEpochs);
    EXPECT_EQ(read(mark + "epoch,iteration,loss,learning_rate\n1,1,2,0.1\n").kind, TableKind::kIterations);
    EXPECT_EQ(read(mark + "epoch:1 iteration:1/9\r\n 0.5 2\r\n").rows.at(0).values, (std::vector<double>{0.5, 2}));
    expect_ranges(read(mark + activations_text(record(10))));
    expect_refused(mark, {"table:1: empty"});
    expect_refused(mark + mark + "epoch,iteration,layer_1\n1,1,2\n", {"table:1: "});
}

TEST_F(LoggedTableTest, RefusesWhatIsNoTable) {
    expect_error<DataError>([&] { read_logged_table(scratch_.path("none")); }, {"none", "readable file"});
    expect_error<DataError>([&] { read_logged_table(scratch_.path()); }, {"readable file"});
    expect_refused("", {"table:1: ", "empty", "expected"});
    expect_refused("\n\n", {"table:2: ", "empty"});
    expect_refused("epoch,iteration,layer_1", {"table:1: no line ends in a line break", "expected"});
    expect_refused("a note\n", {"table:1: ", "\"a note\"", "epoch:1 iteration:10/300"});
    expect_refused("1,1,0.5,2\n", {"table:1: "});
    expect_refused("epoch:1 iteration:1/9\n \n", {"table:2: 0 values; expected some"});
    expect_refused(std::string(41, 'x') + "\n", {("table:1: \"" + std::string(40, 'x') + "…\"; expected").c_str()});
    expect_refused("caf\u00e9 \x1b\n", {"table:1: \"caf\u00e9 \\u001b\"; expected"});
    expect_refused(std::string(39, 'x') + "\u00e9\n",
                   {("table:1: \"" + std::string(39, 'x') + "…\"; expected").c_str()});
    expect_refused("epoch:1 step:1/9\n 0.5\n", {"table:1: \"epoch:1 step:1/9\"", "epoch:1 iteration:10/300"});
    expect_refused("epoch,iteration\n1,1\n", {"table:1: header", "layer_1"});
    expect_refused("epoch,iteration,layer_1,layer_3\n1,1,1,1\n", {"table:1: header"});
    expect_refused("epoch,iteration,layer_1_min\n1,1,1\n", {"table:1: header"});
    expect_refused("epoch:1 iteration:1/9\n", {"table:1: ", "complete"});
    expect_refused("test error: 0.5 (1 of 2)\n", {"table:1: ", "complete"});
}

TEST_F(LoggedTableTest, RefusesRowsThatAreMalformed) {
    const std::string csv = "epoch,iteration,layer_1,layer_2\n1,1,0.5,2\n";
    expect_refused(csv + "1,2,0.5\n", {"table:3: ", "1 values; expected 2"});
    expect_refused(csv + "1,2,0.5,1,1\n", {"table:3: ", "3 values; expected 2"});
    expect_refused(csv + "1,2,0.5,\n", {"table:3: ", "value 2: \"\""});
    expect_refused(csv + "1,2,0.5,1x\n", {"table:3: ", "value 2: \"1x\"", "a number"});
    expect_refused(csv + "1,2,0.5, 1\n", {"table:3: ", "\" 1\""});
    expect_refused(csv + "1,-2,0.5,1\n", {"table:3: ", "iteration \"-2\""});
    expect_refused(csv + "0,2,0.5,1\n", {"table:3: ", "epoch \"0\""});
    expect_refused(csv + "\n", {"table:3: ", "epoch \"\""});
    expect_refused(csv + "1,2,0.5,1\n1,1,0.5,2\n", {"table:4: ", "epoch 1, iteration 1", "line 2"});
    const std::string text = "epoch:1 iteration:1/9\n 0.5 2\n";
    expect_refused(text + "epoch:1 iteration:2/9\n 0.5\n", {"table:4: ", "1 values; expected 2"});
    expect_refused(text + "epoch:1 iteration:2/9\n 0.5 2 3\n", {"table:4: ", "3 values; expected 2"});
    expect_refused(text + "epoch:1 iteration:2/9\n 0.5  2\n", {"table:4: ", "\"\""});
    expect_refused(text + "epoch:1 iteration:2/9\n0.5 2\n", {"table:4: ", "starts with"});
    expect_refused(text + "epoch:1 iteration:2/9\n max 1 2\n min 0 0\n", {"table:4: ", "one kind"});
    expect_refused(text + "epoch:1 iteration:2/x\n 0.5 2\n", {"table:3: ", "\"x\""});
    expect_refused(text + "epoch:1 iteration:1/9\n 0.5 2\n", {"table:4: ", "line 2"});
    expect_refused(text + "test error: 0.5 (1 of 2)\n" + text, {"table:4: ", "after the test error"});
    expect_refused("epoch:1 iteration:1/9\n max 1 2\n 0.5 2\n", {"table:3: ", " min "});
}

TEST_F(LoggedTableTest, LayersAreAColumnForEachQuantityOfALayer) {
    const LoggedTable table = read(
        "epoch,iteration,layer,quantity,value\n"
        "1,1,0,loss_low,0.5\n1,1,1,zero,0.25\n1,1,10,zero,1\n"
        "1,2,0,loss_low,0.75\n1,2,1,update_cosine,-1\n1,2,1,zero,nan\n"
        "2,1,1,zero,0\n2,1,10,zero,3\n");
    EXPECT_EQ(table.kind, TableKind::kLayers);
    EXPECT_EQ(table.columns,
              (std::vector<std::string>{"loss_low", "zero/layer_1", "zero/layer_10", "update_cosine/layer_1"}));
    ASSERT_EQ(table.rows.size(), 3U);
    EXPECT_EQ(table.rows[2].epoch, 2);
    EXPECT_EQ(table.rows[2].iteration, 1);
    const auto expect_row = [&](std::size_t row, const std::vector<double>& values) {
        ASSERT_EQ(table.rows[row].values.size(), values.size());
        for (std::size_t i = 0; i < values.size(); ++i) {
            if (std::isnan(values[i])) {
                EXPECT_TRUE(std::isnan(table.rows[row].values[i])) << row << " " << i;
            } else {
                EXPECT_EQ(table.rows[row].values[i], values[i]) << row << " " << i;
            }
        }
    };
    const double none = std::nan("");
    expect_row(0, {0.5, 0.25, 1, none});
    expect_row(1, {0.75, none, none, -1});
    expect_row(2, {none, 0, 3, none});
}

TEST_F(LoggedTableTest, LayersThatAreNotARunsAreRefused) {
    const std::string header = "epoch,iteration,layer,quantity,value\n";
    expect_refused(header + "1,1,1,zero\n", {":2: "});
    expect_refused(header + "1,1,1,,2\n", {":2: ", "expected epoch,iteration,layer,quantity,value"});
    expect_refused(header + "1,1,x,zero,2\n", {":2: ", "layer"});
    expect_refused(header + "1,1,1,zero,two\n", {":2: "});
    expect_refused(header + "1,1,1,zero,2,3\n", {":2: "});
    expect_refused(header + "1,1,1,zero,2\n1,1,1,zero,2\n", {":3: ", "zero/layer_1 a second time"});
    expect_refused(header + "1,1,1,zero,2\n1,2,1,zero,2\n1,1,2,zero,2\n", {":4: ", "epoch 1, iteration 1"});
    EXPECT_TRUE(read(header).rows.empty());
    EXPECT_EQ(read(header + "1,1,1,zero,2\n1,2,1,ze").cut_off, 3U);
}

}  // namespace
}  // namespace bnrun
