// A sweep of two numeric keys as a map of colours.
#pragma once

#include <optional>

#include "report/view.h"

namespace bnrun {

/// The mean over seeds of the test error, or of what data.y names, for each pair of values of the two numeric keys that
/// have most of them; a map for each combination of the other keys. None where the runs are not one sweep with a
/// summary and two such keys, or where it would be more than kMostPanels maps.
std::optional<Figure> sweep_map(const ReportData& data);

}  // namespace bnrun
