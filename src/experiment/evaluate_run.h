// Tests a finished run's model again, so that anyone can see that the file is the model it says it is.
#pragma once

#include <optional>
#include <string>

#include "experiment/reporter.h"

namespace bnrun {

struct EvaluateOptions {
    std::optional<std::string> data;  ///< where the data is now; none: where the run had it
    int threads = 1;
};

/// Reports the test error of the run's model. Throws DataError where the run has none, and Error(kDifferent) where the
/// result is not the run's own.
void evaluate_run(const std::string& directory, const EvaluateOptions& options, Reporter& reporter);

}  // namespace bnrun
