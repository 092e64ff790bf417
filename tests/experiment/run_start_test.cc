// What is said of a run before its first iteration.
#include "experiment/run_start.h"

#include <gtest/gtest.h>

#include "support/recording_reporter.h"

namespace bnrun {
namespace {

Dataset of_samples(std::size_t samples) {
    Dataset dataset;
    dataset.features = 784;
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

TEST(LogStart, WarnsWhereBatchNormalizationLeavesASampleOut) {
    Config config;
    config.train.batch_size = 200;
    const std::string warning = "the last of 401 training samples is left out";
    EXPECT_EQ(said(config, 401).find(warning), std::string::npos) << "without batch normalization it counts";
    config.model.batch_norm.enabled = true;
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
