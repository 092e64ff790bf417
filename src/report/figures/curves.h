// Gradients and losses over iterations.
#pragma once

#include "report/view.h"

namespace bnrun {

/// Few runs: a panel for each with a line for each layer. Many: a panel for each of three layers, a line for each run.
Figure gradients_over_iterations(const ReportData& data);

Figure loss_curves(const ReportData& data);

}  // namespace bnrun
