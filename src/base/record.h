// One logged row: what training hands to whoever listens.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace bnrun {

/// A value of layers.csv. Layers with weights count from 1; 0 is the whole net.
struct LayerValue {
    std::int64_t layer = 0;
    const char* quantity = "";  ///< a name that lasts as long as the program
    double value = 0;
};

/// One iteration, counted from 1 within its epoch. In a float32 run every value is a float32 value, unless float32 has
/// not its precision: a loss or a norm beyond its range, or among its subnormal numbers.
struct IterationRecord {
    std::int64_t epoch = 0;
    std::int64_t iteration = 0;
    std::int64_t iterations = 0;  ///< in the epoch
    double loss = 0;              ///< mean data loss over the batch
    double learning_rate = 0;
    // Filled where the iteration is one to be logged or printed, else empty.
    std::vector<double> gradient_norms;  ///< of dLoss/dW of each weight layer, first layer first
    std::vector<double> activation_min;  ///< of each hidden layer's activation function
    std::vector<double> activation_max;
    bool diverged = false;                   ///< the loss or a batch statistic is not finite: no step follows
    bool is_logged = false;                  ///< its row goes into the files
    bool is_printed = false;                 ///< its norms go to stdout
    std::vector<LayerValue> layer_values{};  ///< by layer, where the iteration is logged and did not diverge
};

/// Of the validation set, in inference mode after an epoch.
struct Validation {
    double loss = 0;
    double error = 0;  ///< fraction of samples classified wrongly
    std::int64_t wrong = 0;
    std::int64_t samples = 0;
};

struct EpochRecord {
    std::int64_t epoch = 0;
    double train_loss = 0;
    double train_error = 0;  ///< fraction of samples classified wrongly
    double test_loss = 0;
    double test_error = 0;
    std::int64_t test_wrong = 0;
    std::int64_t test_samples = 0;
    std::optional<Validation> validation{};  ///< where the config sets samples aside for it
};

}  // namespace bnrun
