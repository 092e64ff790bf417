// summary.json: what is written reads back, and whatever a summary holds, reading it is safe.
#include "files/summary.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Summary finished() {
    Summary summary;
    summary.status = "done";
    summary.iteration = 300;
    summary.config_sha256 = "abc";
    summary.last_epoch = EpochRecord{2, 0.5, 0.25, 0.75, 0.125, 7, 56};
    return summary;
}

TEST(Summary, ReadsBackWhatWasWritten) {
    const StoredResult stored = parse_summary(summary_text(finished()), "summary.json");
    EXPECT_EQ(stored.status, "done");
    EXPECT_EQ(stored.config_sha256, "abc");
    EXPECT_EQ(stored.iteration, 300);
    EXPECT_EQ(stored.test_wrong, 7);
    EXPECT_EQ(stored.train_loss, 0.5);
    EXPECT_EQ(stored.train_error, 0.25);
    EXPECT_EQ(stored.test_loss, 0.75);
    EXPECT_EQ(stored.test_error, 0.125);
}

TEST(Summary, ReadsBackHowFarTheRunIsAndWhatItRanOn) {
    Summary summary = finished();
    summary.name = "sigmoid10";
    summary.epoch = 3;
    summary.seconds = 1.5;
    summary.samples_per_second = 40000;
    summary.written = 1764424800;
    summary.source = "mnist";
    summary.version = "0.2.0";
    summary.commit = "abc123";
    summary.threads = 2;
    const StoredResult stored = parse_summary(summary_text(summary), "summary.json");
    EXPECT_EQ(stored.name, "sigmoid10");
    EXPECT_EQ(stored.epoch, 3);
    EXPECT_EQ(stored.test_samples, 56);
    EXPECT_EQ(stored.seconds, 1.5);
    EXPECT_EQ(stored.samples_per_second, 40000);
    EXPECT_EQ(stored.written, 1764424800);
    EXPECT_EQ(parse_summary(summary_text(finished()), "summary.json").written, std::nullopt);
    EXPECT_EQ(stored.source, "mnist");
    EXPECT_EQ(stored.version, "0.2.0");
    EXPECT_EQ(stored.commit, "abc123");
    EXPECT_EQ(stored.threads, 2);
    EXPECT_EQ(parse_summary(R"({"status": "done", "data": 3})", "summary.json").source, "");
}

TEST(Summary, WhatIsNotFiniteOrNotKnownYetIsNull) {
    Summary summary = finished();
    summary.last_epoch->test_loss = std::numeric_limits<double>::infinity();
    const StoredResult stored = parse_summary(summary_text(summary), "summary.json");
    EXPECT_EQ(stored.test_loss, std::nullopt);
    EXPECT_EQ(stored.test_error, 0.125);
    EXPECT_NE(summary_text(summary).find("\"test_loss\": null"), std::string::npos);
    EXPECT_NE(summary_text({}).find("\"test_wrong\": null"), std::string::npos);
    EXPECT_NE(summary_text({}).find("\"directory\": null"), std::string::npos);
}

TEST(Summary, ADirectoryThatIsNoUtf8IsReplacedAndTheRestStays) {
    Summary summary = finished();
    summary.directory = "data/\xFF";
    const std::string text = summary_text(summary);
    EXPECT_NE(text.find("data/\xEF\xBF\xBD"), std::string::npos) << text;
    EXPECT_EQ(parse_summary(text, "summary.json").status, "done");
}

TEST(Summary, ValuesOfAnotherKindAreAsIfTheyWereNotThere) {
    for (const char* iteration : {"\"5\"", "1.5", "18446744073709551615", "null", "[1]"}) {
        const std::string text =
            std::string(R"({"status": "done", "test_error": "low", "iteration": )") + iteration + "}";
        const StoredResult stored = parse_summary(text, "summary.json");
        EXPECT_EQ(stored.iteration, std::nullopt) << iteration;
        EXPECT_EQ(stored.test_error, std::nullopt);
    }
}

TEST(Summary, WhatIsNoSummaryIsNamed) {
    for (const char* text : {"[]", "{}", R"({"status": 1})", "{\"status\":", ""}) {
        expect_error<DataError>([&] { (void)parse_summary(text, "run/summary.json"); }, {"run/summary.json"});
    }
}

}  // namespace
}  // namespace bnrun
