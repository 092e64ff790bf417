// A sweep of small runs, carried out.
#pragma once

#include <memory>
#include <string>

#include "experiment/sweep.h"
#include "support/recording_reporter.h"

namespace bnrun {

/// Two seeds of two epochs, and with a rate of 1e30 one that diverges at once.
inline SweepPlan small_sweep() {
    return plan_sweep(parse_sweep_spec(R"({"base": {"data": {"source": "synthetic", "train_samples": 20,
        "test_samples": 10}, "model": {"depth": 3, "width": 4, "activation": "relu"}, "train": {"batch_size": 5,
        "epochs": 2, "optimizer": {"name": "sgd"}}},
        "zip": {"seed": [1, 2, 3], "train.optimizer.learning_rate": [0.01, 0.01, 1e30]}})",
                                       "small.json"),
                      {});
}

/// One run at a time, with one thread, and nothing on the terminal.
inline SweepOptions quiet_options(const std::string& out) {
    SweepOptions options;
    options.out = out;
    options.jobs = 1;
    options.threads = 1;
    options.stop_requested = [] { return false; };
    options.make_reporter = [] { return std::make_unique<RecordingReporter>(); };
    return options;
}

inline void run_small_sweep(const std::string& out) {
    RecordingReporter reporter;
    run_sweep(small_sweep(), quiet_options(out), reporter);
}

}  // namespace bnrun
