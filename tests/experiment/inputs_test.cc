#include "experiment/inputs.h"

#include <gtest/gtest.h>

#include "base/error.h"
#include "files/safetensors.h"
#include "support/scratch.h"
#include "support/small_run.h"

namespace bnrun {
namespace {

TEST(InitialValues, AreThoseOfTheFileIfOneIsNamed) {
    EXPECT_TRUE(read_initial_values(Config()).empty());
    const Scratch scratch;
    const TensorMap values{{"layers.0.bias", {Precision::kFloat64, {2}, {0.5, -1}}}};
    const std::string path = scratch.put("first.safetensors", safetensors_bytes({values, {}}));
    const TensorMap read = read_initial_values(small_run_config({{"model.init.from", path}}));
    EXPECT_EQ(read.at("layers.0.bias").values, (std::vector<double>{0.5, -1}));
    expect_error<DataError>(
        [&] {
            (void)read_initial_values(small_run_config({{"model.init.from", scratch.path("absent")}}));
        },
        {"model.init.from: ", "absent: "});
}

TEST(ReportedDataset, IsSaidWithAWarningWhereItIsSynthetic) {
    RecordingReporter reporter;
    const Dataset dataset = load_reported(small_run_config({{"data.validation_samples", "4"}}), reporter);
    EXPECT_EQ(dataset.train.samples(), 16);
    EXPECT_EQ(reporter.lines,
              "data: synthetic digits, not MNIST\n"
              "data: synthetic, 16 training, 4 validation and 10 test samples of 784 values, 10 classes\n");
}

TEST(ReportedDataset, OfFilesIsNamedByItsDirectory) {
    Dataset dataset;
    dataset.directory = "data/mnist";
    dataset.shape = {1, 2, 3};
    dataset.classes = 3;
    RecordingReporter reporter;
    report_dataset(Config(), dataset, reporter);
    EXPECT_EQ(reporter.lines, "data: data/mnist, 0 training and 0 test samples of 6 values, 3 classes\n");
}

}  // namespace
}  // namespace bnrun
