// Where a setting's outputs lie at an iteration: quantiles where its runs logged them, else the extremes.
#pragma once

#include <cstdint>
#include <vector>

#include "report/averages.h"

namespace bnrun {

class OutputRanges {
  public:
    OutputRanges(const ReportData& data, const ReportGroup& group);

    /// Whether every hidden layer has quantiles in layers.csv.
    [[nodiscard]] bool are_quantiles() const { return !low_.empty(); }

    /// Quantiles: low and high are those of 15 and 85 %, lowest and highest of 1 and 99 %, means over seeds each, of
    /// the latest row. Else as mean_ranges has them.
    [[nodiscard]] MeanRanges at(std::int64_t step) const;

  private:
    const ReportData& data_;
    const ReportGroup& group_;
    std::vector<LayerCurve> lowest_;
    std::vector<LayerCurve> low_;
    std::vector<LayerCurve> high_;
    std::vector<LayerCurve> highest_;
};

}  // namespace bnrun
