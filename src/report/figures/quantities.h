// Quantities of layers.csv over iterations: where values lie, how large updates are, what is saturated.
#pragma once

#include <optional>

#include "report/view.h"

namespace bnrun {

/// The middle 70 % of the activation function's inputs (quantiles 15, 50 and 85 %, as in Ioffe and Szegedy 2015, fig.
/// 1): a panel for the first and one for the last hidden layer of each setting. None where no run logged them.
std::optional<Figure> input_quantiles(const ReportData& data);

/// ‖Δw‖/‖w‖, a panel for each setting, a line for each layer. None where no run logged it.
std::optional<Figure> update_ratio(const ReportData& data);

/// The share of values where the activation function is nearly flat, likewise.
std::optional<Figure> saturation(const ReportData& data);

}  // namespace bnrun
