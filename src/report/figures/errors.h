// How well the runs classify.
#pragma once

#include "report/view.h"

namespace bnrun {

/// Over epochs; where no run has more than one, a row of dots for each setting.
Figure error_curves(const ReportData& data);

}  // namespace bnrun
