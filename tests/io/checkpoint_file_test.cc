#include "io/checkpoint_file.h"

#include "base/error.h"
#include "base/sha256.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

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
        const std::size_t sum = bytes.find("\"sha256\":\"") + 10;
        bytes.replace(sum, 64, std::string(64, '0'));
        bytes.replace(sum, 64, sha256_text(bytes));
        const std::string path = scratch.put("bad", bytes);
        expect_error<DataError>([&] { read_checkpoint(path); }, {"bad: not a usable checkpoint", "lacks", lost});
    }
}

}  // namespace
}  // namespace bnrun
