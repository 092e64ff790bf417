// Figures over iterations and epochs.
#pragma once

#include "experiment/report/report_view.h"

namespace bnrun {

/// Few runs: a panel for each with a line for each layer. Many: a panel for each of three layers, a line for each run.
Figure gradients_over_iterations(const ReportData& data);

Figure gradient_heatmap(const ReportData& data);
Figure loss_curves(const ReportData& data);

/// Over epochs; where no run has more than one, a row of dots for each setting.
Figure error_curves(const ReportData& data);

}  // namespace bnrun
