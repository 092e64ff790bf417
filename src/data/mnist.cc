#include "data/mnist.h"

#include <fmt/format.h>

#include <map>

#include "base/error.h"

namespace bnrun {
namespace {

struct Official {
    const char* name;
    const char* script;
    std::map<std::string, std::string> sha256;  ///< by the file's name
};

/// None of a source without official files.
const Official* official_of(Source source) {
    static const std::map<Source, Official> all{
        {Source::kMnist,
         {"MNIST",
          "scripts/get_mnist.sh",
          {{"train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"},
           {"train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"},
           {"t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"},
           {"t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"}}}},
        {Source::kFashionMnist,
         {"Fashion-MNIST",
          "scripts/get_fashion_mnist.sh",
          {{"train-images-idx3-ubyte", "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"},
           {"train-labels-idx1-ubyte", "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"},
           {"t10k-images-idx3-ubyte", "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"},
           {"t10k-labels-idx1-ubyte", "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"}}}}};
    const auto found = all.find(source);
    return found == all.end() ? nullptr : &found->second;
}

}  // namespace

void check_official(const IdxFile& file, const std::string& name, Source source) {
    const Official* const official = official_of(source);
    if (official == nullptr || file.sha256 == official->sha256.at(name)) return;
    throw DataError(
        fmt::format("{}: not {}'s: its SHA-256 is {}, expected {}; get it again with {}, or use data.source=idx for "
                    "other data",
                    file.path, official->name, file.sha256, official->sha256.at(name), official->script));
}

std::string how_to_get(Source source) {
    const Official* const known = official_of(source);
    const Official* const official = known != nullptr ? known : official_of(Source::kMnist);
    return fmt::format("{} gets {}", official->script, official->name);
}

}  // namespace bnrun
