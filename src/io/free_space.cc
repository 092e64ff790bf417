#include "io/free_space.h"

#include <fmt/format.h>
#include <sys/statvfs.h>

#include <filesystem>

#include "base/error.h"
#include "io/file.h"
#include "io/paths.h"

namespace bnrun {
namespace {

constexpr double kMegabyte = 1e6;

double bytes_in(const std::string& directory) {
    double bytes = 0;
    std::error_code ignored;
    for (const std::string& name : names_in(directory, ignored)) {
        const std::optional<struct stat> status = status_at(directory + "/" + name);
        if (status && S_ISREG(status->st_mode)) bytes += static_cast<double>(status->st_size);
    }
    return bytes;
}

}  // namespace

void check_space(const std::string& directory, double bytes) {
    struct statvfs space {};
    if (::statvfs(directory.c_str(), &space) != 0 || space.f_blocks == 0) return;
    const double room = static_cast<double>(space.f_bavail) * static_cast<double>(space.f_frsize) + bytes_in(directory);
    if (bytes <= room) return;
    throw WriteError(
        fmt::format("{}: the run needs {:.1f} MB at least, but there is room for {:.1f} MB; make room, or "
                    "choose another directory with --out",
                    directory, bytes / kMegabyte, room / kMegabyte));
}

}  // namespace bnrun
