// What is said of a run before its first iteration.
#include "experiment/run_start.h"

#include <gtest/gtest.h>

#include "support/recording_reporter.h"

namespace bnrun {
namespace {

Dataset of_samples(std::size_t samples) {
    Dataset dataset;
    dataset.shape = {1, 28, 28};
    dataset.classes = 10;
    dataset.train.labels.resize(samples);
    return dataset;
}

std::string said(const Config& config, std::size_t samples) {
    RecordingReporter reporter;
    log_start(config, of_samples(samples), 1, "results/run", reporter);
    return reporter.lines;
}

TEST(LogStart, NamesTheNetworkAndWhereItGoes) {
    Config config;
    config.model.depth = 2;
    config.model.width = 30;
    EXPECT_EQ(said(config, 400),
              "network: 784-30-30-10 sigmoid, without batch normalization, float32; 1 thread; into results/run\n");
}

TEST(LogStart, OfADeepNetworkTheFirstWidthsAreNamed) {
    Config config;
    config.model.depth = 21;
    config.model.width = 5;
    const std::string line = said(config, 400);
    EXPECT_NE(line.find("-5-… (21 hidden layers)-10 "), std::string::npos) << line;
}

TEST(LogStart, ANetOfLayersHasALineForEach) {
    Config config;
    LayerConfig conv;
    conv.kind = LayerKind::kConv;
    conv.units = 2;
    conv.kernel = {5, 5};
    config.model.layers = {conv};
    EXPECT_EQ(said(config, 400),
              "network: 1 channel of 28x28 to 10 classes by 2 layers, float32; 1 thread; into results/run\n"
              "layer 1: conv 5x5 to 2 channels of 24x24, 52 parameters, 0.0576 MFLOP\n"
              "layer 2: output to 10 units, 11530 parameters, 0.02304 MFLOP\n");
}

TEST(LogStart, WarnsWhereBatchNormalizationLeavesASampleOut) {
    Config config;
    config.train.batch_size = 200;
    const std::string warning = "the last of 401 training samples is left out";
    EXPECT_EQ(said(config, 401).find(warning), std::string::npos) << "without batch normalization it counts";
    config.model.normalization.kind = Normalization::kBatch;
    EXPECT_NE(said(config, 401).find(warning), std::string::npos);
    EXPECT_EQ(said(config, 402).find("left out"), std::string::npos);
}

TEST(FirstSummary, SaysWhatTheRunIsAndItsConfigsChecksum) {
    Config config;
    config.name = "mine";
    config.seed = 7;
    config.precision = Precision::kFloat64;
    const RunConfig run(config);
    const Summary summary = first_summary(run, 3);
    EXPECT_EQ(summary.status, "running");
    EXPECT_EQ(summary.name, "mine");
    EXPECT_EQ(summary.seed, 7);
    EXPECT_EQ(summary.precision, "float64");
    EXPECT_EQ(summary.threads, 3);
    EXPECT_EQ(summary.config_sha256, run.sha256);
    config.seed = 8;
    EXPECT_NE(RunConfig(config).sha256, run.sha256);
}

}  // namespace
}  // namespace bnrun
