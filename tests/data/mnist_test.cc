#include "data/mnist.h"

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

IdxFile of_checksum(const std::string& sha256) {
    IdxFile file;
    file.path = "d/mine.gz";
    file.sha256 = sha256;
    return file;
}

TEST(Official, AFileIsKnownByItsNameAndChecksum) {
    const std::string labels = "t10k-labels-idx1-ubyte";
    const IdxFile mnist = of_checksum("ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");
    EXPECT_NO_THROW(check_official(mnist, labels, Source::kMnist));
    EXPECT_NO_THROW(check_official(of_checksum("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"),
                                   labels, Source::kFashionMnist));
    EXPECT_NO_THROW(check_official(of_checksum("any"), "any", Source::kIdx));
    expect_error<DataError>([&] { check_official(mnist, "t10k-images-idx3-ubyte", Source::kMnist); },
                            {"d/mine.gz: not MNIST's: its SHA-256 is ff7bcfd4", "expected 0fa7898d",
                             "get it again with scripts/get_mnist.sh", "data.source=idx"});
    expect_error<DataError>([&] { check_official(mnist, labels, Source::kFashionMnist); },
                            {"d/mine.gz: not Fashion-MNIST's: its SHA-256", "expected 0402a96d",
                             "get it again with scripts/get_fashion_mnist.sh"});
}

TEST(HowToGet, NamesTheScriptOfTheSourceOrElseMnists) {
    EXPECT_EQ(how_to_get(Source::kFashionMnist), "scripts/get_fashion_mnist.sh gets Fashion-MNIST");
    EXPECT_EQ(how_to_get(Source::kMnist), "scripts/get_mnist.sh gets MNIST");
    EXPECT_EQ(how_to_get(Source::kIdx), how_to_get(Source::kMnist));
}

}  // namespace
}  // namespace bnrun
