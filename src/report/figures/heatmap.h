// Gradients as colours, layer by iteration.
#pragma once

#include "report/view.h"

namespace bnrun {

/// A panel for each run, and one scale of colours.
Figure gradient_heatmap(const ReportData& data);

}  // namespace bnrun
