#include "experiment/sweep_shares.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/processors.h"

namespace bnrun {
namespace {

constexpr std::int64_t kFilesOfARun = 12;     ///< its tables, log, claim and directory, a file being saved, and data
constexpr std::int64_t kFilesOfTheRest = 32;  ///< stdin, stdout, stderr, what was inherited, and what libraries open

int lowered(int number, const char* what, Shares& shares) {
    if (number <= kMostThreads) return number;
    shares.warnings.push_back(
        fmt::format("sweep: there are processors for {} {}, but {} are the most; going on with {}", number, what,
                    kMostThreads, kMostThreads));
    return kMostThreads;
}

/// As many jobs as the limit of open files is enough for, at least one.
int jobs_with_files(int jobs, std::int64_t open_files, Shares& shares) {
    const std::int64_t enough_for = std::max<std::int64_t>(1, (open_files - kFilesOfTheRest) / kFilesOfARun);
    if (jobs <= enough_for) return jobs;
    shares.warnings.push_back(fmt::format(
        "sweep: {} runs at a time may have {} files open, and {} are allowed (ulimit -Hn); going on with {} "
        "at a time",
        jobs, kFilesOfTheRest + kFilesOfARun * jobs, open_files, enough_for));
    return static_cast<int>(enough_for);
}

}  // namespace

Shares share_out(std::optional<int> jobs, std::optional<int> threads, std::size_t runs, const Means& means) {
    Shares shares;
    const auto wanted = static_cast<int>(std::min(static_cast<std::size_t>(jobs.value_or(means.processors)), runs));
    shares.jobs = jobs_with_files(lowered(wanted, "runs at a time", shares), means.open_files, shares);
    const int each = std::max(1, means.processors / shares.jobs);
    shares.threads = threads ? *threads : lowered(each, "threads", shares);
    return shares;
}

}  // namespace bnrun
