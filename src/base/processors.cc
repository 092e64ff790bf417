#include "base/processors.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "base/input_file.h"
#include "base/platform.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostOfText = std::size_t{1} << 16;

using Limit = std::optional<double>;  // in processors

Limit ratio(double quota, double period) {
    if (!(quota > 0 && period > 0)) return std::nullopt;
    return quota / period;
}

/// Of a file of the kernel's, which has no size until it is read.
std::string text_of(const fs::path& path) { return start_of_file(path, kMostOfText); }

/// `200000 100000`, or `max 100000`.
Limit limit_of_version_2(const fs::path& group) {
    std::istringstream file(text_of(group / "cpu.max"));
    double quota = 0;
    double period = 0;
    return (file >> quota >> period) ? ratio(quota, period) : std::nullopt;
}

/// A quota of -1 is none.
Limit limit_of_version_1(const fs::path& group) {
    double quota = 0;
    double period = 0;
    std::istringstream(text_of(group / "cpu.cfs_quota_us")) >> quota;
    std::istringstream(text_of(group / "cpu.cfs_period_us")) >> period;
    return ratio(quota, period);
}

/// Of the group and all above it, whose directories lie in that of `mount`. Some may not be there: a container sees its
/// own group as the topmost.
Limit least_above(const fs::path& mount, const std::string& group, Limit (*limit_of)(const fs::path&)) {
    Limit least;
    fs::path below = fs::path(group).relative_path().lexically_normal();
    while (true) {
        const Limit limit = limit_of(mount / below);
        if (limit) least = std::min(*limit, least.value_or(*limit));
        if (below.empty()) return least;
        below = below.parent_path();
    }
}

bool has_cpu(const std::string& controllers) { return ("," + controllers + ",").find(",cpu,") != std::string::npos; }

}  // namespace

std::optional<double> granted_processors(const fs::path& root) {
    const fs::path groups = root / "sys/fs/cgroup";
    std::istringstream file(text_of(root / "proc/self/cgroup"));
    for (std::string line; std::getline(file, line);) {  // number:controllers:group
        const std::size_t first = line.find(':');
        const std::size_t second = first == std::string::npos ? first : line.find(':', first + 1);
        if (second == std::string::npos) continue;
        const std::string controllers = line.substr(first + 1, second - first - 1);
        const std::string group = line.substr(second + 1);
        Limit limit;
        if (controllers.empty()) limit = least_above(groups, group, limit_of_version_2);
        if (has_cpu(controllers)) limit = least_above(groups / controllers, group, limit_of_version_1);
        if (limit) return limit;
    }
    return std::nullopt;
}

int usable_processors() {
    const int processors = processors_to_run_on();
    const Limit granted = granted_processors("/");
    if (!granted || *granted >= processors) return processors;
    return std::max(1, static_cast<int>(std::ceil(*granted)));
}

}  // namespace bnrun
