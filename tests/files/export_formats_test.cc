// The formats of other programs, byte by byte where a standard fixes them.
#include <gtest/gtest.h>

#include <cstring>

#include "files/export/jsonl.h"
#include "files/export/npz.h"
#include "files/export/tensorboard.h"

namespace bnrun {
namespace {

TEST(Crc32c, GivesThePublishedCheckValues) {
    EXPECT_EQ(crc32c("123456789"), 0xE3069283U);
    EXPECT_EQ(crc32c(std::string(32, '\0')), 0x8A9136AAU);  // RFC 3720 B.4
    EXPECT_EQ(crc32c(std::string(32, '\xFF')), 0x62A8AB43U);
}

TEST(TensorboardEvents, AStepIsOneRecordAfterTheVersion) {
    const std::string version = event_file_bytes({});
    const std::string file = event_file_bytes({{300, {{"loss", 0.5}}}});
    ASSERT_EQ(file.substr(0, version.size()), version);
    EXPECT_EQ(version.substr(12, 15),
              "\x1A\x0D"
              "brain.Event:2");
    const std::string message("\x10\xAC\x02\x2A\x0D\x0A\x0B\x0A\x04loss\x15\x00\x00\x00\x3F", 18);
    std::uint64_t length = 0;
    std::memcpy(&length, file.data() + version.size(), sizeof length);
    EXPECT_EQ(length, message.size());
    EXPECT_EQ(file.substr(version.size() + 12, message.size()), message);
    EXPECT_EQ(file.size(), version.size() + 12 + message.size() + 4);
}

TEST(Npz, ValuesStartAtAMultipleOf64WithinTheirFile) {
    const std::string name = "a.npy";
    const std::string file = npz_bytes({{"a", {2, 3}, std::vector<double>{1, 2, 3, 4, 5, 6}}});
    EXPECT_EQ(file.substr(0, 4), "PK\x03\x04");
    const std::size_t start = 30 + name.size();
    EXPECT_EQ(file.substr(start, 6), "\x93NUMPY");
    EXPECT_NE(file.find("'shape': (2, 3)"), std::string::npos);
    const std::size_t values = file.find('\n', start) + 1;
    EXPECT_EQ((values - start) % 64, 0U);
    double last = 0;
    std::memcpy(&last, file.data() + values + 5 * sizeof last, sizeof last);
    EXPECT_EQ(last, 6);
}

TEST(Exports, HaveTheErrorsOfAValidationSetWhereThereAreSome) {
    LoggedRun run;
    run.epochs.push_back({2, 0.5, 0.25, 1.5, 0.125});
    EXPECT_EQ(jsonl_of(run),
              "{\"epoch\":2,\"train_loss\":0.5,\"train_error\":0.25,\"test_loss\":1.5,\"test_error\":0.125}\n");
    EXPECT_EQ(npz_of(run).find("validation"), std::string::npos);
    EXPECT_EQ(events_of(run).find("validation"), std::string::npos);
    run.epochs.back().validation = {2.5, 0.75};
    EXPECT_EQ(jsonl_of(run),
              "{\"epoch\":2,\"train_loss\":0.5,\"train_error\":0.25,\"test_loss\":1.5,\"test_error\":0.125,"
              "\"validation_loss\":2.5,\"validation_error\":0.75}\n");
    for (const char* name : {"epochs_validation_loss.npy", "epochs_validation_error.npy"}) {
        EXPECT_NE(npz_of(run).find(name), std::string::npos) << name;
    }
    const std::string events = events_of(run);  // the tag, then the number's key and four bytes
    const auto number_after = [&](const std::string& tag) {
        float value = 0;
        std::memcpy(&value, events.data() + events.find(tag) + tag.size() + 1, sizeof value);
        return value;
    };
    EXPECT_EQ(number_after("validation_loss"), 2.5F);
    EXPECT_EQ(number_after("validation_error"), 0.75F);
}

TEST(Npz, AnEmptyListOfArraysIsAnEmptyArchive) { EXPECT_EQ(npz_bytes({}).size(), 22U); }

}  // namespace
}  // namespace bnrun
