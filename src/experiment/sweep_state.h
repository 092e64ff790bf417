// How far each point of a sweep is, read from its run directory.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "experiment/run_config.h"
#include "files/summary.h"
#include "settings/sweep_plan.h"

namespace bnrun {

enum class PointState {
    kMissing,
    kDone,
    kFailed,
    kDiverged,
    kInterrupted,
    kUnfinished,
    kOtherConfig,
    kOtherConfigUnfinished
};
inline constexpr std::array<std::string_view, 8> kPointStateNames{
    "missing", "done", "failed", "diverged", "interrupted", "unfinished", "other_config", "other_config_unfinished"};

struct PointResult {
    PointState state = PointState::kMissing;
    StoredResult stored;  ///< of a run with the point's config
};

/// Done is a run that finished with exactly this config, by its summary and by config.json; unfinished one that still
/// runs or was killed. Of another config are a run that finished or diverged, and an unfinished one that was
/// interrupted or killed, failed after its first iteration, or whose summary does not tell; one that failed before its
/// first iteration is as good as missing.
PointResult read_point(const std::string& directory, const RunConfig& config);

/// The same of a point of the sweep in `out`.
PointResult read_point(const std::string& out, const SweepPoint& point);

std::string state_name(PointState state);

/// Done or diverged: there is a result, and nothing more to do.
bool has_result(PointState state);

bool is_of_another(PointState state);

/// Throws ConfigError where the point's directory is a link: what would be written and cleared is another's then.
void check_no_link(const std::string& directory);

/// Throws ConfigError where the point's directory is a link, or holds what a run must not replace: files that are no
/// run's or, unless forced, a run of another config.
void check_replaceable(const std::string& directory, const SweepPoint& point, PointState state, bool force);

}  // namespace bnrun
