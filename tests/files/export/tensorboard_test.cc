// Byte by byte where TFRecords and protocol buffers fix them.
#include "files/export/tensorboard.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "support/exported_run.h"

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

/// The times of events: a double behind the key of field 1.
std::vector<double> times_in(const std::string& events) {
    std::vector<double> times;
    for (std::size_t at = events.find('\x09'); at != std::string::npos; at = events.find('\x09', at + 1)) {
        double time = 0;
        std::memcpy(&time, events.data() + at + 1, std::min(sizeof time, events.size() - at - 1));
        if (time >= 1000 && time <= 2000) times.push_back(time);
    }
    return times;
}

TEST(TensorboardEvents, HaveTheRunsTimeWhereItIsKnown) {
    LoggedRun run = exported_run();
    EXPECT_TRUE(times_in(events_of(run)).empty());
    run.time = RunTime{1000, 30};
    EXPECT_EQ(times_in(events_of(run)), (std::vector<double>{1010, 1030, 1030}));  // steps 1 and 3, and the epoch's end
}

}  // namespace
}  // namespace bnrun
