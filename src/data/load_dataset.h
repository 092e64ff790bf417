// From a config to its images and labels.
#pragma once

#include "base/config.h"
#include "data/dataset.h"

namespace bnrun {

/// Reads or draws what the config names, cut to train_samples and test_samples; then validation_samples are set aside.
/// Throws DataError (files) or ConfigError (more samples asked for than there are), naming the file or key.
Dataset load_dataset(const Config& config);

}  // namespace bnrun
