#include "files/free_space.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <filesystem>
#include <limits>
#include <optional>

#include "base/error.h"
#include "base/paths.h"
#include "files/file.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

constexpr double kMegabyte = 1e6;
constexpr double kBlock = 512;  // of st_blocks

/// None where the file system does not say.
std::optional<double> free_bytes(const std::string& directory) {
    struct statvfs space {};
    if (::statvfs(directory.c_str(), &space) != 0 || space.f_blocks == 0) return std::nullopt;
    return static_cast<double>(space.f_bavail) * static_cast<double>(space.f_frsize);
}

}  // namespace

double bytes_of_run(const std::string& directory) {
    double bytes = 0;
    for (const std::string& name : own_run_files()) {
        const std::optional<struct stat> file = status_at(path_in(directory, name));
        if (!file || !S_ISREG(file->st_mode) || file->st_nlink != 1) continue;
        bytes += kBlock * static_cast<double>(file->st_blocks);
    }
    return bytes;
}

double room_at(const std::string& directory) {
    std::filesystem::path at = std::filesystem::absolute(directory);
    while (at.has_relative_path() && !path_exists(at.string())) at = at.parent_path();
    return free_bytes(at.string()).value_or(std::numeric_limits<double>::infinity());
}

void check_space(const std::string& directory, double bytes) {
    const std::optional<double> space = free_bytes(directory);
    if (!space) return;
    const double room = *space + bytes_of_run(directory);
    if (bytes <= room) return;
    throw WriteError(
        fmt::format("{}: the run needs {:.1f} MB at least, but there is room for {:.1f} MB; make room, or "
                    "choose another directory with --out",
                    directory, bytes / kMegabyte, room / kMegabyte));
}

}  // namespace bnrun
