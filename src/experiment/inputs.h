// What a command reads before it computes: initial values and data.
#pragma once

#include "base/config.h"
#include "base/tensor.h"
#include "data/dataset.h"
#include "experiment/reporter.h"

namespace bnrun {

/// The tensors of model.init.from, or none where it is not given. Throws DataError.
TensorMap read_initial_values(const Config& config);

/// Tells the reporter what was loaded, with a warning where it is synthetic.
void report_dataset(const Config& config, const Dataset& dataset, Reporter& reporter);

/// load_dataset, then the above.
Dataset load_reported(const Config& config, Reporter& reporter);

}  // namespace bnrun
