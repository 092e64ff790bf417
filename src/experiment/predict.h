// What theory says of a config's net before training, and beside it what a first iteration measures.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/config.h"
#include "experiment/reporter.h"
#include "nn/mean_field.h"

namespace bnrun {

inline constexpr std::int64_t kMostPredictedSeeds = 1000;

struct PredictOptions {
    bool measure = false;    ///< first iterations, and theory from the training data's own moments
    std::int64_t seeds = 1;  ///< so many first iterations, from the config's seed on
    int threads = 1;
};

/// Of the first iterations of several seeds, by layer with weights.
struct MeasuredGradients {
    std::vector<double> norms;   ///< Frobenius norms, mean over seeds
    std::vector<double> ratios;  ///< of a layer's norm to the next layer's, geometric mean over seeds
    std::int64_t seeds = 0;
};

/// A row for each layer, and the factor from layer to layer within the hidden layers. Without `measured`, norms are
/// relative to the last hidden layer's.
std::string prediction_text(const std::vector<LayerPrediction>& rows, const std::optional<MeasuredGradients>& measured);

/// Reports that of a config. Without options.measure no data is read, but that of `idx`, whose shape nobody knows.
/// Throws DataError and ConfigError.
void predict(const Config& config, const PredictOptions& options, Reporter& reporter);

}  // namespace bnrun
