#include "files/checkpoint.h"

#include <cstring>

#include "base/error.h"
#include "base/sha256.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

constexpr std::size_t kDigits = 64;

std::string with(std::string bytes, const std::string& from, const std::string& to) {
    return bytes.replace(bytes.find(from), from.size(), to);
}

/// A checkpoint with another text in its header, whose length is then right.
std::string edited(std::string bytes, const std::string& from, const std::string& to) {
    std::uint64_t length = 0;
    std::memcpy(&length, bytes.data(), sizeof length);
    length += to.size() - from.size();
    std::memcpy(bytes.data(), &length, sizeof length);
    return with(std::move(bytes), from, to);
}

/// With the checksum that its contents have.
std::string summed(std::string bytes) {
    const std::size_t sum = bytes.find("\"sha256\":\"") + 10;
    bytes.replace(sum, kDigits, std::string(kDigits, '0'));
    return bytes.replace(sum, kDigits, sha256_text(bytes));
}

TEST(CheckpointFile, NamesNoTableOutsideOfItsDirectory) {
    const Scratch scratch;
    CheckpointFile file{"a", "b", {{"epochs.csv", {3, "c"}}}, {}};
    const std::string good = scratch.put("good", checkpoint_bytes(file));
    EXPECT_EQ(read_checkpoint(good).tables.at("epochs.csv").bytes, 3);
    file.tables["../../dev/zero"] = {0, "d"};
    const std::string bad = scratch.put("bad", checkpoint_bytes(file));
    expect_error<DataError>([&] { read_checkpoint(bad); }, {"bad:", "outside of the run's directory"});
}

TEST(CheckpointFile, LacksNothing) {
    const Scratch scratch;
    for (const char* lost : {"config_sha256", "data_sha256"}) {
        std::string bytes = checkpoint_bytes({"a", "b", {}, {}});
        bytes[bytes.find(lost)] = 'x';
        const std::string path = scratch.put("bad", summed(bytes));
        expect_error<DataError>([&] { read_checkpoint(path); }, {"bad: not a usable checkpoint", "lacks", lost});
    }
}

TEST(CheckpointFile, OfAnotherFormatIsRefused) {
    const Scratch scratch;
    const std::string later = with(checkpoint_bytes({"a", "b", {}, {}}), "bnrun checkpoint 1", "bnrun checkpoint 2");
    expect_error<DataError>([&] { read_checkpoint(scratch.put("bad", summed(later))); },
                            {"bad: not a usable checkpoint: its format is not \"bnrun checkpoint 1\""});
}

TEST(CheckpointFile, AChecksumOfAnotherLengthOrInAnotherPlaceIsNone) {
    const Scratch scratch;
    const std::string good = checkpoint_bytes({"a", "b", {}, {}});
    const std::string sum = good.substr(good.find("\"sha256\":\"") + 10, kDigits);
    for (const std::string& bad : {edited(good, sum, "00"), edited(good, "\"sha256\":\"", "\"sha256\": \"")}) {
        expect_error<DataError>([&] { read_checkpoint(scratch.put("bad", bad)); },
                                {"bad: damaged: its contents do not have the checksum that it names"});
    }
}

TEST(CheckpointFile, ATablesMarkIsASizeAndAChecksum) {
    const Scratch scratch;
    const std::string good = checkpoint_bytes({"a", "b", {{"epochs.csv", {345, "c"}}}, {}});
    EXPECT_EQ(read_checkpoint(scratch.put("good", summed(good))).tables.at("epochs.csv").sha256, "c");
    for (const char* mark : {"xyz c", "34567", "345_c", "-34 c"}) {
        const std::string bad = scratch.put("bad", summed(with(good, "345 c", mark)));
        expect_error<DataError>([&] { read_checkpoint(bad); },
                                {"bad: not a usable checkpoint: a table's mark is no size and checksum"});
    }
}

TEST(CheckpointFile, OneThatCannotBeRemovedIsNamed) {
    const Scratch scratch;
    std::filesystem::create_directories(scratch.path("checkpoint.safetensors/within"));
    EXPECT_TRUE(has_checkpoint(scratch.path()));
    expect_error<WriteError>([&] { remove_checkpoints(scratch.path()); },
                             {"checkpoint.safetensors: cannot be removed: ", "remove it yourself"});
}

}  // namespace
}  // namespace bnrun
