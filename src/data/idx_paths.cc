#include "data/idx_paths.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/paths.h"

namespace bnrun {
namespace {

/// `train-images-idx3-ubyte`, `train-images.idx3-ubyte`
std::vector<std::string> spellings(const std::string& name) {
    const std::size_t hyphen = name.rfind("-idx");
    if (hyphen == std::string::npos) return {name};
    std::string dotted = name;
    dotted[hyphen] = '.';
    return {name, dotted};
}

void add(std::vector<std::string>& paths, const std::string& path) { paths.insert(paths.end(), {path, path + ".gz"}); }

}  // namespace

std::vector<std::string> idx_paths(const std::string& path) {
    const std::size_t start = path.rfind('/') + 1;  // 0 where there is no slash
    const std::string directory = path.substr(0, start);
    const std::vector<std::string> names = spellings(path.substr(start));
    std::vector<std::string> paths;
    for (const std::string& name : names) add(paths, directory + name);
    for (const std::string& folder : names) {
        for (const std::string& name : names) add(paths, fmt::format("{}{}/{}", directory, folder, name));
    }
    return paths;
}

std::string find_idx(const std::string& path) {
    const std::vector<std::string> paths = idx_paths(path);
    const auto found = std::find_if(paths.begin(), paths.end(), file_exists);
    if (found != paths.end()) return *found;
    const std::string name = path.substr(path.rfind('/') + 1);
    const std::string other = spellings(name).back();
    throw DataError(fmt::format(
        "{}: {}, nor one ending in .gz; looked for {}{} and for a directory of the name with the file in it, too; "
        "expected an IDX file (scripts/get_mnist.sh gets MNIST's; a run with data.source=synthetic needs none)",
        path, directory_exists(path) ? "cannot be read (it is a directory): holds no file of its name" : "no such file",
        name, other == name ? "" : " and " + other));
}

}  // namespace bnrun
