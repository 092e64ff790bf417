// A run of eight iterations, carried out.
#pragma once

#include <string>
#include <vector>

#include "experiment/run.h"
#include "settings/json.h"
#include "support/recording_reporter.h"

namespace bnrun {

/// Two epochs of a net of two hidden layers on synthetic digits.
inline Config small_run_config(std::vector<Override> overrides = {}) {
    return parse_config(R"({"data": {"source": "synthetic", "train_samples": 20, "test_samples": 10},
        "model": {"depth": 2, "width": 4}, "train": {"batch_size": 5, "epochs": 2}})",
                        "small.json", overrides)
        .config;
}

/// With one thread, and nothing on the terminal.
inline RunOptions quiet_run(const std::string& out) {
    RunOptions options;
    options.out = out;
    return options;
}

inline void run_small(const std::string& out, const Config& config = small_run_config()) {
    RecordingReporter reporter;
    run_experiment(config, quiet_run(out), reporter);
}

}  // namespace bnrun
