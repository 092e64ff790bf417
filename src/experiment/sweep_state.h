// How far each point of a sweep is, read from its run directory.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include "io/summary.h"
#include "io/sweep_spec.h"

namespace bnrun {

enum class PointState { kMissing, kDone, kFailed, kDiverged, kInterrupted, kUnfinished, kOtherConfig };
inline constexpr std::array<std::string_view, 7> kPointStateNames{
    "missing", "done", "failed", "diverged", "interrupted", "unfinished", "other_config"};

struct PointResult {
    PointState state = PointState::kMissing;
    StoredResult stored;  ///< of a run with the point's config
};

/// Done is a run that finished with exactly this config, by its summary and by config.json; other_config one that
/// finished with another; unfinished one that still runs or was killed.
PointResult read_point(const std::string& directory, const Config& config);

std::string state_name(PointState state);

/// Failed or diverged: started again, it would most likely fail again.
bool has_failed(PointState state);

/// Throws ConfigError where the point's directory holds what a run must not replace: files that are no run's or, unless
/// forced, a finished run of another config.
void check_replaceable(const std::string& directory, const SweepPoint& point, PointState state, bool force);

}  // namespace bnrun
