// Runs of one setting belong together, and look it: one colour, one dash, one label.
#pragma once

#include "report/data.h"

namespace bnrun {

/// Sets the groups, each run's group, and the keys in which the runs differ. Runs of a single setting are a group each.
void group_runs(ReportData& data);

/// `model.batch_norm.enabled` as `batch_norm`, or as many parts as tell it from the others.
std::vector<std::string> key_labels(const std::vector<std::string>& keys);

}  // namespace bnrun
