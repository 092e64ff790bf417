#include "files/table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace bnrun {
namespace {

IterationRecord row() {
    IterationRecord record;
    record.epoch = 1;
    record.iteration = 10;
    record.iterations = 300;
    record.loss = 2.25;
    record.learning_rate = 4e-5;
    record.gradient_norms = {1.23456789e-7, 0.25, 12.3456789};
    record.activation_min = {0.1F, 0};
    record.activation_max = {1, 0.5};
    return record;
}

TEST(Table, TextIsThePostsLayout) {
    EXPECT_EQ(gradients_text(row()), "epoch:1 iteration:10/300\n 1.2346e-07 0.25 12.3457\n");
    EXPECT_EQ(activations_text(row()), "epoch:1 iteration:10/300\n max 1 0.5\n min 0.1 0\n");
    EXPECT_EQ(test_error_text(0.0213, 213, 10000), "test error: 0.0213 (213 of 10000)\n");
    EXPECT_EQ(final_errors_text({2, 0.5, 0.25, 1.5, 0.125, 1, 8}), "test error: 0.125 (1 of 8)\n");
    EXPECT_EQ(final_errors_text({2, 0.5, 0.25, 1.5, 0.125, 1, 8, Validation{2.5, 0.75, 3, 4}}),
              "validation error: 0.75 (3 of 4)\ntest error: 0.125 (1 of 8)\n");
}

TEST(Table, ItsFirstLineSaysHowLongAnEpochIs) {
    EXPECT_EQ(iterations_of_epoch(gradients_text(row())), 300);
    EXPECT_EQ(iterations_of_epoch("epoch:1 iteration:3/12"), 12);
    EXPECT_EQ(iterations_of_epoch("epoch:1 iteration:3\n 1/2\n"), 0);
    EXPECT_EQ(iterations_of_epoch("epoch:1 iteration:3/x\n"), 0);
    EXPECT_EQ(iterations_of_epoch(""), 0);
}

TEST(Table, CsvReadsBackToTheSameValues) {
    EXPECT_EQ(gradients_csv_header(3), "epoch,iteration,layer_1,layer_2,layer_3\n");
    EXPECT_EQ(gradients_csv(row(), Precision::kFloat64), "1,10,1.23456789e-07,0.25,12.3456789\n");
    EXPECT_EQ(activations_csv_header(2), "epoch,iteration,layer_1_min,layer_1_max,layer_2_min,layer_2_max\n");
    EXPECT_EQ(activations_csv(row(), Precision::kFloat32), "1,10,0.1,1,0,0.5\n");
    EXPECT_EQ(iterations_csv_header(), "epoch,iteration,loss,learning_rate\n");
    EXPECT_EQ(iterations_csv(row(), Precision::kFloat32), "1,10,2.25,4e-05\n");
    EXPECT_EQ(epochs_csv_header(), "epoch,train_loss,train_error,test_loss,test_error\n");
    EXPECT_EQ(epochs_csv({2, 0.5, 0.25, 1.5, 0.125, 1, 8}), "2,0.5,0.25,1.5,0.125\n");
    EXPECT_EQ(epochs_csv_header(true),
              "epoch,train_loss,train_error,test_loss,test_error,validation_loss,validation_error\n");
    EXPECT_EQ(epochs_csv({2, 0.5, 0.25, 1.5, 0.125, 1, 8, Validation{2.5, 0.75, 3, 4}}),
              "2,0.5,0.25,1.5,0.125,2.5,0.75\n");
}

TEST(Table, ValuesThatAreNotFiniteHaveTheirNames) {
    IterationRecord record = row();
    const double infinity = std::numeric_limits<double>::infinity();
    record.gradient_norms = {std::nan(""), infinity, -infinity};
    EXPECT_EQ(gradients_text(record), "epoch:1 iteration:10/300\n NaN Inf -Inf\n");
    EXPECT_EQ(gradients_csv(record, Precision::kFloat32), "1,10,nan,inf,-inf\n");
}

}  // namespace
}  // namespace bnrun
