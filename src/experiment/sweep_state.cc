#include "experiment/sweep_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/run_directory.h"
#include "experiment/stored_config.h"
#include "experiment/stored_run.h"

namespace bnrun {
namespace {

PointState state_of(const std::string& status) {
    if (status == "running") return PointState::kUnfinished;
    const auto found = std::find(kPointStateNames.begin(), kPointStateNames.end(), status);
    const auto index = found == kPointStateNames.end() ? 0 : found - kPointStateNames.begin();
    return static_cast<PointState>(index);
}

PointState state_of_another(const StoredRun& run) {
    const PointState state = state_of(run.result.status);
    if (state == PointState::kDone || state == PointState::kDiverged) return PointState::kOtherConfig;
    const bool was_cut_off = state == PointState::kInterrupted || state == PointState::kUnfinished;
    const bool has_failed_midway = state == PointState::kFailed && run.has_trained;
    const bool is_untold = state == PointState::kMissing && run.is_there;  // its summary is torn or gone
    return was_cut_off || has_failed_midway || is_untold || run.has_checkpoint ? PointState::kOtherConfigUnfinished
                                                                               : PointState::kMissing;
}

}  // namespace

PointResult read_point(const std::string& directory, const RunConfig& config) {
    const StoredRun run = read_stored_run(directory, config);
    if (run.is_of_config) return {state_of(run.result.status), run.result};
    return {state_of_another(run), {}};
}

PointResult read_point(const std::string& out, const SweepPoint& point) {
    return read_point(path_in(out, point.name), RunConfig(point.config));
}

std::string state_name(PointState state) { return std::string(kPointStateNames.at(static_cast<std::size_t>(state))); }

bool has_result(PointState state) { return state == PointState::kDone || state == PointState::kDiverged; }

bool is_of_another(PointState state) {
    return state == PointState::kOtherConfig || state == PointState::kOtherConfigUnfinished;
}

void check_no_link(const std::string& directory) {
    std::error_code ignored;
    if (!std::filesystem::is_symlink(directory, ignored)) return;
    throw ConfigError(directory +
                      ": is a link, but a sweep's runs have directories of their own; remove the link, or choose "
                      "another directory with --out");
}

void check_replaceable(const std::string& directory, const SweepPoint& point, PointState state, bool force) {
    check_no_link(directory);
    check_run_directory(directory, true);
    if (is_of_another(state) && !force) {
        throw ConfigError(
            fmt::format("{}: holds {} run of another config{}; choose another directory with --out, or "
                        "replace it with --force",
                        directory, state == PointState::kOtherConfig ? "a finished" : "an unfinished",
                        first_difference(directory, point.config)));
    }
}

}  // namespace bnrun
