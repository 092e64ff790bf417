#include "io/checkpoint_file.h"

#include "base/error.h"
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

}  // namespace
}  // namespace bnrun
