// Runs of one setting belong together: one label, one mean.
#pragma once

#include "report/data.h"

namespace bnrun {

/// Sets the groups, each run's group, and the keys in which the runs differ. Runs with labels of their own are a group
/// for each label. Where a setting has one seed twice, every run is a group.
void group_runs(ReportData& data);

/// `model.batch_norm.enabled` as `batch_norm`, or as many parts as tell it from the others.
std::vector<std::string> key_labels(const std::vector<std::string>& keys);

}  // namespace bnrun
