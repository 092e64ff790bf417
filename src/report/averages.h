// A setting's mean over its seeds and their spread: what every figure draws.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/data.h"

namespace bnrun {

/// Whether the run ended without a result: diverged or failed. Such runs are counted apart and in no mean.
bool is_lost(const ReportRun& run);

/// The runs of a setting that are not lost; all of them, where none is left.
std::vector<std::size_t> counted_runs(const ReportData& data, const ReportGroup& group);

/// Values of one error, over the setting's runs that are not lost.
std::vector<double> errors_of(const ReportData& data, const ReportGroup& group,
                              std::optional<double> ReportRun::*error);

/// `1 of 3 diverged`, `diverged`; empty where every run is done.
std::string trouble_of(const ReportData& data, const ReportGroup& group);

/// For each weight layer the geometric mean over seeds, and what is one standard deviation of the logarithm below and
/// above. Empty where no run has a row there; low and high are empty where one run has.
struct MeanNorms {
    std::vector<double> mean;
    std::vector<double> low;
    std::vector<double> high;
};
MeanNorms mean_norms(const ReportData& data, const ReportGroup& group, std::int64_t step);

/// For each hidden layer the mean over seeds of the smallest and of the largest output, and the outermost of all seeds;
/// those are empty where one run has a row.
struct MeanRanges {
    std::vector<double> low;
    std::vector<double> high;
    std::vector<double> lowest;
    std::vector<double> highest;
};
MeanRanges mean_ranges(const ReportData& data, const ReportGroup& group, std::int64_t step);

/// Over steps (epochs): mean and one standard deviation to either side, which are empty of a single run.
struct MeanCurve {
    std::vector<double> x;
    std::vector<double> mean;
    std::vector<double> low;
    std::vector<double> high;
};

/// The steps at which a counted run has a row, in order.
std::vector<std::int64_t> steps_of_group(const ReportData& data, const ReportGroup& group);

MeanCurve mean_losses(const ReportData& data, const ReportGroup& group);

/// One for each weight layer.
std::vector<MeanCurve> mean_norm_curves(const ReportData& data, const ReportGroup& group);

/// The course of a quantity of layers.csv in one layer, from 1.
struct LayerCurve {
    std::size_t layer = 0;
    MeanCurve curve;
};

enum class MeanKind { kArithmetic, kGeometric };

/// For each layer in which a counted run logged the quantity, such as `update_ratio`; empty where none did.
std::vector<LayerCurve> mean_quantity(const ReportData& data, const ReportGroup& group, const std::string& quantity,
                                      MeanKind kind);

/// Of what `value` gives for each epoch; epochs without a value are left out.
MeanCurve mean_epochs(const ReportData& data, const ReportGroup& group,
                      std::optional<double> (*value)(const EpochRecord&));

/// `0.0675 ± 0.0008`; `diverged` and the like where no run has a result.
std::string result_text(const ReportData& data, const ReportGroup& group, std::optional<double> ReportRun::*error);

}  // namespace bnrun
