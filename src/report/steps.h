// Iterations through all epochs: which there are, what they are called, and the row that a run has at one.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

/// A run's row at an iteration (counted through all epochs from 1): its latest one, where its next is not due yet.
const IterationRecord* row_at(const ReportRun& run, std::int64_t step);

/// Every iteration that a run logged, thinned to about `most`; the last one is there, and so is `wanted` if it is one.
struct Steps {
    std::vector<std::int64_t> steps;
    std::size_t all = 0;     ///< before thinning
    std::size_t stride = 1;  ///< every how many of them are left
};
Steps steps_of(const ReportData& data, std::size_t most, std::int64_t wanted = 0);

/// Iterations of an epoch, where all runs agree on it; else 0.
std::int64_t shared_iterations(const ReportData& data);

/// The last iteration for which every finished run has a row (every run, where none is finished); else that any has.
std::int64_t last_shared_step(const ReportData& data);

/// Epoch 1, iteration 10, where the post's tables begin, if most runs have a row there; else the last shared one.
std::int64_t usual_step(const ReportData& data);

/// `epoch 1, iteration 10 of 300`; `iteration 310` where the runs' epochs differ in length.
std::string step_text(const ReportData& data, std::int64_t step);

/// The step of an epoch's iteration, as the first run counts. Throws ConfigError where no run has a row there.
std::int64_t step_at(const ReportData& data, std::int64_t epoch, std::int64_t iteration);

}  // namespace bnrun
