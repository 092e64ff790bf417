// Sweeps whose runs' results are made up.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiment/stored_sweep.h"

namespace bnrun {

inline PointResult done_with(double test_error) {
    PointResult result{PointState::kDone, {}};
    result.stored.test_error = test_error;
    return result;
}

/// @param axes of the spec, as JSON. @param errors of each point; none: diverged
inline StoredSweep made_up_sweep(const std::string& directory, const std::string& axes,
                                 const std::vector<std::optional<double>>& errors) {
    StoredSweep sweep{directory, plan_sweep(parse_sweep_spec(R"({"base": {}, )" + axes + "}", "s.json"), {}), {}};
    for (const std::optional<double>& error : errors) {
        sweep.results.push_back(error ? done_with(*error) : PointResult{PointState::kDiverged, {}});
    }
    return sweep;
}

}  // namespace bnrun
