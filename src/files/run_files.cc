#include "files/run_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "files/whole_file.h"

namespace bnrun {
namespace {

constexpr std::array<const char*, 4> kOfEarlierVersions{"config.json.tmp", "model.safetensors.tmp", "summary.json.tmp",
                                                        "checkpoint.safetensors.tmp"};

}  // namespace

bool has_table(const Config& config, std::string_view name) {
    if (name == kGradientsText || name == kGradientsFile) return config.log.observes(Quantity::kGradient);
    if (name == kActivationsText || name == kActivationsFile) return config.log.observes(Quantity::kActivation);
    return name != kLayersFile || config.log.observes_layers();
}

std::string snapshot_name(IterationPlace at) {
    return fmt::format("{}/epoch_{}_iteration_{}.safetensors", kSnapshotsDirectory, at.epoch, at.iteration);
}

std::vector<std::string> snapshots_in(const std::string& directory) {
    std::vector<std::string> found;
    std::error_code ignored;
    const std::string snapshots = path_in(directory, kSnapshotsDirectory);
    if (std::filesystem::is_symlink(snapshots, ignored)) return found;  // what is elsewhere is another's
    for (const std::string& name : names_in(snapshots, ignored)) {
        const std::string whole = name.substr(0, name.find(".safetensors")) + ".safetensors";
        IterationPlace at;
        std::string_view rest = whole;
        const auto number_after = [&](std::string_view word, std::int64_t& number) {
            if (!rest.starts_with(word)) return;
            rest.remove_prefix(word.size());
            const char* const end = std::from_chars(rest.data(), rest.data() + rest.size(), number).ptr;
            rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
        };
        number_after("epoch_", at.epoch);
        number_after("_iteration_", at.iteration);
        if (path_in(kSnapshotsDirectory, whole) != snapshot_name(at)) continue;
        if (name == whole || is_temporary_of(name, whole)) found.push_back(path_in(kSnapshotsDirectory, name));
    }
    return found;
}

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
    const bool sweep =
        path_exists(path_in(directory, kSweepFile)) || path_exists(path_in(directory, kSweepSummaryFile));
    throw DataError(fmt::format("{}: not a run directory: {}", directory,
                                sweep ? "it is a sweep's; give that of a run in it"
                                      : "it has no config.json; give one that bnrun --config made"));
}

}  // namespace bnrun
