#include "files/run_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/paths.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

constexpr std::array<const char*, 4> kOfEarlierVersions{"config.json.tmp", "model.safetensors.tmp", "summary.json.tmp",
                                                        "checkpoint.safetensors.tmp"};

}  // namespace

const std::vector<std::string>& own_run_files() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const RunFile& file : kRunFiles) {
            if (file.kind == RunFileKind::kLock)
                all.insert(all.end(), kOfEarlierVersions.begin(), kOfEarlierVersions.end());
            all.emplace_back(file.name);
        }
        return all;
    }();
    return names;
}

bool is_leftover_of_run(std::string_view name) {
    const std::vector<std::string>& own = own_run_files();
    return std::any_of(own.begin(), own.end(), [&](const std::string& file) { return is_temporary_of(name, file); });
}

bool is_own_run_file(std::string_view name) {
    const std::vector<std::string>& own = own_run_files();
    return std::find(own.begin(), own.end(), name) != own.end() || is_leftover_of_run(name);
}

void throw_no_run(const std::string& directory) {
    const bool sweep = path_exists(path_in(directory, kSweepSummaryFile));
    throw DataError(fmt::format("{}: not a run directory: {}", directory,
                                sweep ? "it is a sweep's; give that of a run in it"
                                      : "it has no config.json; give one that bnrun --config made"));
}

}  // namespace bnrun
