#include "base/paths.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/error.h"

namespace bnrun {

namespace fs = std::filesystem;

namespace {

fs::file_status known_status(const std::string& path) {
    std::error_code error;
    const fs::file_status status = fs::status(path, error);
    if (fs::status_known(status)) return status;
    throw DataError(
        fmt::format("{}: cannot be looked for: {}; check the path and its directories' rights", path, error.message()));
}

}  // namespace

bool path_exists(const std::string& path) { return fs::exists(known_status(path)); }

bool directory_exists(const std::string& path) { return fs::is_directory(known_status(path)); }

bool file_exists(const std::string& path) {
    const fs::file_status status = known_status(path);
    return fs::exists(status) && !fs::is_directory(status);
}

std::vector<std::string> names_in(const std::string& directory, std::error_code& error) {
    std::vector<std::string> names;
    for (fs::directory_iterator entry(directory, error); !error && entry != fs::directory_iterator();
         entry.increment(error)) {
        names.push_back(entry->path().filename().string());
    }
    return names;
}

std::string path_in(const std::string& directory, std::string_view name) { return directory + "/" + std::string(name); }

}  // namespace bnrun
