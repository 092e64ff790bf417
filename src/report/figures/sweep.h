// The figure that heads a sweep's report.
#pragma once

#include <optional>

#include "report/view.h"

namespace bnrun {

/// Test error, or what data.y names, against what the sweep varied; none where the runs are not one sweep with a
/// summary.
std::optional<Figure> sweep_figure(const ReportData& data);

}  // namespace bnrun
