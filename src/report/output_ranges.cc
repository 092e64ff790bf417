#include "report/output_ranges.h"

#include <algorithm>

namespace bnrun {
namespace {

/// One for each hidden layer, or none.
std::vector<LayerCurve> of_every_layer(const ReportData& data, const ReportGroup& group, const char* quantity) {
    std::vector<LayerCurve> curves = mean_quantity(data, group, quantity, MeanKind::kArithmetic);
    const std::vector<IterationRecord>& rows = data.runs[counted_runs(data, group).front()].logged.iterations;
    const std::size_t hidden = rows.empty() ? 0 : rows.front().activation_min.size();
    if (curves.size() != hidden || (hidden > 0 && curves.back().layer != hidden)) curves.clear();
    return curves;
}

/// The latest value of each layer; empty where a layer has none yet.
std::vector<double> values_before(const std::vector<LayerCurve>& curves, std::int64_t step) {
    std::vector<double> values;
    for (const LayerCurve& of_layer : curves) {
        const std::vector<double>& x = of_layer.curve.x;
        const auto after = std::upper_bound(x.begin(), x.end(), static_cast<double>(step));
        if (after == x.begin()) return {};
        values.push_back(of_layer.curve.mean[static_cast<std::size_t>(after - x.begin()) - 1]);
    }
    return values;
}

}  // namespace

OutputRanges::OutputRanges(const ReportData& data, const ReportGroup& group)
    : data_(data),
      group_(group),
      lowest_(of_every_layer(data, group, "output_q1")),
      low_(of_every_layer(data, group, "output_q15")),
      high_(of_every_layer(data, group, "output_q85")),
      highest_(of_every_layer(data, group, "output_q99")) {
    if (lowest_.empty() || high_.empty() || highest_.empty()) low_.clear();
}

MeanRanges OutputRanges::at(std::int64_t step) const {
    MeanRanges ranges = mean_ranges(data_, group_, step);
    if (!are_quantiles() || ranges.low.empty()) return ranges;
    return {values_before(low_, step), values_before(high_, step), values_before(lowest_, step),
            values_before(highest_, step)};
}

}  // namespace bnrun
