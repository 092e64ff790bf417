// Gradients and losses over iterations.
#pragma once

#include "report/view.h"

namespace bnrun {

/// A panel for each setting, a line for each layer.
Figure gradients_over_iterations(const ReportData& data);

/// A line for each setting.
Figure loss_curves(const ReportData& data);

}  // namespace bnrun
