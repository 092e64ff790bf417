#include "data/idx_paths.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

TEST(IdxPaths, AreTheCanonicalNameThenDotsThenFoldersEachAlsoCompressed) {
    EXPECT_EQ(
        idx_paths("d/train-images-idx3-ubyte"),
        (std::vector<std::string>{
            "d/train-images-idx3-ubyte", "d/train-images-idx3-ubyte.gz", "d/train-images.idx3-ubyte",
            "d/train-images.idx3-ubyte.gz", "d/train-images-idx3-ubyte/train-images-idx3-ubyte",
            "d/train-images-idx3-ubyte/train-images-idx3-ubyte.gz", "d/train-images-idx3-ubyte/train-images.idx3-ubyte",
            "d/train-images-idx3-ubyte/train-images.idx3-ubyte.gz", "d/train-images.idx3-ubyte/train-images-idx3-ubyte",
            "d/train-images.idx3-ubyte/train-images-idx3-ubyte.gz", "d/train-images.idx3-ubyte/train-images.idx3-ubyte",
            "d/train-images.idx3-ubyte/train-images.idx3-ubyte.gz"}));
    EXPECT_EQ(idx_paths("images"),
              (std::vector<std::string>{"images", "images.gz", "images/images", "images/images.gz"}));
}

TEST(FindIdx, GivesTheFirstThatIsThereOrSaysWhatWasLookedFor) {
    const Scratch scratch;
    const std::string path = scratch.path("train-labels-idx1-ubyte");
    expect_error<DataError>([&] { (void)find_idx(path); }, {"train-labels-idx1-ubyte: no such file",
                                                            "looked for train-labels-idx1-ubyte and "
                                                            "train-labels.idx1-ubyte",
                                                            "scripts/get_mnist.sh"});
    (void)scratch.put("train-labels.idx1-ubyte.gz", "");
    EXPECT_EQ(find_idx(path), scratch.path("train-labels.idx1-ubyte.gz"));
    (void)scratch.put("train-labels-idx1-ubyte", "");
    EXPECT_EQ(find_idx(path), path);
    expect_error<DataError>([&] { (void)find_idx(scratch.path("mine")); },
                            {"mine: no such file", "looked for mine and for"});
}

}  // namespace
}  // namespace bnrun
