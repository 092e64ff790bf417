// Compares back-propagated gradients with central differences.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/tensor.h"
#include "data/dataset.h"
#include "math/thread_team.h"

namespace bnrun {

/// The largest relative error between back-propagation and central differences that passes.
inline constexpr double kGradcheckLimit = 1e-6;

/// The entry of one tensor where the two gradients differ most.
struct GradcheckRow {
    std::string tensor;         ///< such as `layers.0.weight`
    std::int64_t checked = 0;   ///< entries compared
    std::int64_t unjudged = 0;  ///< of these, entries too small to tell wrong from right by
    std::int64_t entry = 0;     ///< of the worst that was judged, row-major
    double back_propagated = 0;
    double difference = 0;  ///< the central difference
    double relative_error = 0;
};

/// Back-propagation in float64 against sixth-order central differences of a loss evaluated in extended precision,
/// on a few samples of the training set and a few entries of every weight, bias, gamma and beta. The relative error
/// is |a - b| / max(|a|, |b|, 1e-6 of the layer's largest weight gradient). An entry is not judged where a and b agree
/// to within their noise, and that noise is larger than the limit allows: what the difference estimates of its own
/// error, and how far back-propagation in float64 is from the same in extended precision.
std::vector<GradcheckRow> gradcheck(const Config& config, const Dataset& dataset, const TensorMap& initial,
                                    ThreadTeam& team);

}  // namespace bnrun
