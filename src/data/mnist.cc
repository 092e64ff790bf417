#include "data/mnist.h"

#include <fmt/format.h>

#include <map>

#include "base/error.h"

namespace bnrun {

void check_mnist(const IdxFile& file, const std::string& name) {
    static const std::map<std::string, std::string> official{
        {"train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
        {"train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
        {"t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
        {"t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}};
    if (file.sha256 == official.at(name)) return;
    throw DataError(
        fmt::format("{}: not MNIST's: its SHA-256 is {}, expected {}; get it again with "
                    "scripts/get_mnist.sh, or use data.source=idx for other data",
                    file.path, file.sha256, official.at(name)));
}

}  // namespace bnrun
