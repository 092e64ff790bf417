#include "experiment/sweep_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/sha256.h"
#include "experiment/stored_config.h"
#include "io/config_json.h"
#include "io/run_directory.h"

namespace bnrun {
namespace {

PointState state_of(const std::string& status) {
    if (status == "running") return PointState::kUnfinished;
    const auto found = std::find(kPointStateNames.begin(), kPointStateNames.end(), status);
    const auto index = found == kPointStateNames.end() ? 0 : found - kPointStateNames.begin();
    return static_cast<PointState>(index);
}

}  // namespace

PointResult read_point(const std::string& directory, const Config& config) {
    const std::string wanted = sha256_text(config_text(config));
    PointResult result;
    try {
        result.stored = read_summary(directory + "/summary.json");
        result.state = state_of(result.stored.status);
        if (result.stored.config_sha256 == wanted && is_of_config(directory, config)) return result;
    } catch (const DataError&) {
        // No summary: settled below.
    }
    const bool finished = result.state == PointState::kDone;
    return {finished ? PointState::kOtherConfig : PointState::kMissing, {}};
}

std::string state_name(PointState state) { return std::string(kPointStateNames.at(static_cast<std::size_t>(state))); }

bool has_failed(PointState state) { return state == PointState::kFailed || state == PointState::kDiverged; }

void check_replaceable(const std::string& directory, const SweepPoint& point, PointState state, bool force) {
    if (state == PointState::kOtherConfig && !force) {
        throw ConfigError(
            fmt::format("{}: holds a finished run of another config{}; choose another directory with "
                        "--out, or replace it with --force",
                        directory, first_difference(directory, point.config)));
    }
    check_run_directory(directory, true);
}

}  // namespace bnrun
