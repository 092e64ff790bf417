// What is known of a run before its first iteration, for its summary and its log.
#pragma once

#include <string>

#include "base/config.h"
#include "data/dataset.h"
#include "experiment/reporter.h"
#include "experiment/run_config.h"
#include "files/summary.h"

namespace bnrun {

Summary first_summary(const RunConfig& run, int threads);

/// The network, and a warning where samples are left out.
void log_start(const Config& config, const Dataset& dataset, int threads, const std::string& directory,
               Reporter& reporter);

}  // namespace bnrun
