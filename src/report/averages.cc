#include "report/averages.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <set>

#include "base/statistics.h"
#include "report/steps.h"

namespace bnrun {
namespace {

struct Mean {
    double mean = 0;
    double low = 0;
    double high = 0;
};

/// Over what is finite; where nothing is, the first value as it is.
Mean mean_of(const std::vector<double>& values) {
    const Spread spread = spread_of(values);
    if (spread.count == 0) return {values.front(), values.front(), values.front()};
    return {spread.mean, spread.mean - spread.deviation, spread.mean + spread.deviation};
}

/// The geometric one, over what is finite and above 0.
Mean geometric_mean_of(const std::vector<double>& values) {
    std::vector<double> logarithms;
    for (const double value : values) {
        if (std::isfinite(value) && value > 0) logarithms.push_back(std::log(value));
    }
    if (logarithms.empty()) return {values.front(), values.front(), values.front()};
    if (values.size() == 1) return {values.front(), values.front(), values.front()};
    const Mean mean = mean_of(logarithms);
    return {std::exp(mean.mean), std::exp(mean.low), std::exp(mean.high)};
}

std::vector<const IterationRecord*> rows_at(const ReportData& data, const ReportGroup& group, std::int64_t step) {
    std::vector<const IterationRecord*> rows;
    for (const std::size_t run : counted_runs(data, group)) {
        if (const IterationRecord* const row = row_at(data.runs[run], step)) rows.push_back(row);
    }
    return rows;
}

std::vector<double> values_at(const std::vector<const IterationRecord*>& rows,
                              std::vector<double> IterationRecord::*member, std::size_t layer) {
    std::vector<double> values;
    for (const IterationRecord* const row : rows) {
        if (layer < (row->*member).size()) values.push_back((row->*member)[layer]);
    }
    return values;
}

void add_point(MeanCurve& curve, double x, const Mean& mean, bool has_spread) {
    curve.x.push_back(x);
    curve.mean.push_back(mean.mean);
    if (!has_spread) return;
    curve.low.push_back(mean.low);
    curve.high.push_back(mean.high);
}

/// Values of a quantity by layer and step, one for each run.
using QuantityValues = std::map<std::size_t, std::map<std::int64_t, std::vector<double>>>;

/// The layer of a column such as `update_ratio/layer_3`; 0 where it is of another quantity or of the whole net.
std::size_t layer_of_column(const std::string& column, const std::string& quantity) {
    const std::string start = quantity + "/layer_";
    std::size_t layer = 0;
    if (column.starts_with(start)) std::from_chars(column.data() + start.size(), column.data() + column.size(), layer);
    return layer;
}

void add_quantity(const ReportRun& run, const std::string& quantity, QuantityValues& found) {
    if (run.logged.iterations.empty()) return;
    const LoggedTable& table = run.logged.layers;
    const std::int64_t iterations = run.logged.iterations.front().iterations;
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
        const std::size_t layer = layer_of_column(table.columns[column], quantity);
        if (layer == 0) continue;
        for (const LoggedRow& row : table.rows) {
            found[layer][(row.epoch - 1) * iterations + row.iteration].push_back(row.values[column]);
        }
    }
}

}  // namespace

bool is_lost(const ReportRun& run) { return run.status == "diverged" || run.status == "failed"; }

std::vector<std::size_t> counted_runs(const ReportData& data, const ReportGroup& group) {
    std::vector<std::size_t> counted;
    std::copy_if(group.runs.begin(), group.runs.end(), std::back_inserter(counted),
                 [&](std::size_t run) { return !is_lost(data.runs[run]); });
    return counted.empty() ? group.runs : counted;
}

std::vector<double> errors_of(const ReportData& data, const ReportGroup& group,
                              std::optional<double> ReportRun::*error) {
    std::vector<double> values;
    for (const std::size_t run : group.runs) {
        if (!is_lost(data.runs[run]) && data.runs[run].*error) values.push_back(*(data.runs[run].*error));
    }
    return values;
}

std::string trouble_of(const ReportData& data, const ReportGroup& group) {
    std::map<std::string, std::size_t> counts;
    for (const std::size_t run : group.runs) {
        if (data.runs[run].status != "done") ++counts[data.runs[run].status];
    }
    std::string text;
    for (const auto& [status, count] : counts) {
        const std::string share = group.runs.size() == 1 ? "" : fmt::format("{} of {} ", count, group.runs.size());
        text += (text.empty() ? "" : ", ") + share + status;
    }
    return text;
}

std::string result_text(const ReportData& data, const ReportGroup& group, std::optional<double> ReportRun::*error) {
    const Spread spread = spread_of(errors_of(data, group, error));
    const std::string trouble = trouble_of(data, group);
    return spread.count == 0 && !trouble.empty() ? trouble : spread_text(spread);
}

MeanNorms mean_norms(const ReportData& data, const ReportGroup& group, std::int64_t step) {
    const auto rows = rows_at(data, group, step);
    MeanNorms norms;
    const std::size_t layers = rows.empty() ? 0 : rows.front()->gradient_norms.size();
    for (std::size_t l = 0; l < layers; ++l) {
        const Mean mean = geometric_mean_of(values_at(rows, &IterationRecord::gradient_norms, l));
        norms.mean.push_back(mean.mean);
        if (rows.size() == 1) continue;
        norms.low.push_back(mean.low);
        norms.high.push_back(mean.high);
    }
    return norms;
}

MeanRanges mean_ranges(const ReportData& data, const ReportGroup& group, std::int64_t step) {
    const auto rows = rows_at(data, group, step);
    MeanRanges ranges;
    const std::size_t layers = rows.empty() ? 0 : rows.front()->activation_min.size();
    for (std::size_t l = 0; l < layers; ++l) {
        const std::vector<double> low = values_at(rows, &IterationRecord::activation_min, l);
        const std::vector<double> high = values_at(rows, &IterationRecord::activation_max, l);
        ranges.low.push_back(mean_of(low).mean);
        ranges.high.push_back(mean_of(high).mean);
        if (rows.size() == 1) continue;
        ranges.lowest.push_back(*std::min_element(low.begin(), low.end()));
        ranges.highest.push_back(*std::max_element(high.begin(), high.end()));
    }
    return ranges;
}

std::vector<std::int64_t> steps_of_group(const ReportData& data, const ReportGroup& group) {
    std::set<std::int64_t> steps;
    for (const std::size_t run : counted_runs(data, group)) {
        for (const IterationRecord& row : data.runs[run].logged.iterations) steps.insert(global_step(row));
    }
    return {steps.begin(), steps.end()};
}

MeanCurve mean_losses(const ReportData& data, const ReportGroup& group) {
    MeanCurve curve;
    const bool has_spread = counted_runs(data, group).size() > 1;
    for (const std::int64_t step : steps_of_group(data, group)) {
        std::vector<double> losses;
        for (const IterationRecord* const row : rows_at(data, group, step)) losses.push_back(row->loss);
        if (!losses.empty()) add_point(curve, static_cast<double>(step), mean_of(losses), has_spread);
    }
    return curve;
}

std::vector<MeanCurve> mean_norm_curves(const ReportData& data, const ReportGroup& group) {
    std::vector<MeanCurve> curves;
    const bool has_spread = counted_runs(data, group).size() > 1;
    for (const std::int64_t step : steps_of_group(data, group)) {
        const MeanNorms norms = mean_norms(data, group, step);
        curves.resize(std::max(curves.size(), norms.mean.size()));
        for (std::size_t l = 0; l < norms.mean.size(); ++l) {
            const Mean mean = norms.low.empty() ? Mean{norms.mean[l], norms.mean[l], norms.mean[l]}
                                                : Mean{norms.mean[l], norms.low[l], norms.high[l]};
            add_point(curves[l], static_cast<double>(step), mean, has_spread);
        }
    }
    return curves;
}

std::vector<LayerCurve> mean_quantity(const ReportData& data, const ReportGroup& group, const std::string& quantity,
                                      MeanKind kind) {
    const std::vector<std::size_t> runs = counted_runs(data, group);
    QuantityValues found;
    for (const std::size_t run : runs) add_quantity(data.runs[run], quantity, found);
    std::vector<LayerCurve> curves;
    for (const auto& [layer, steps] : found) {
        LayerCurve& of_layer = curves.emplace_back(LayerCurve{layer, {}});
        for (const auto& [step, values] : steps) {
            const Mean mean = kind == MeanKind::kGeometric ? geometric_mean_of(values) : mean_of(values);
            add_point(of_layer.curve, static_cast<double>(step), mean, runs.size() > 1);
        }
    }
    return curves;
}

MeanCurve mean_epochs(const ReportData& data, const ReportGroup& group,
                      std::optional<double> (*value)(const EpochRecord&)) {
    std::map<std::int64_t, std::vector<double>> found;
    const std::vector<std::size_t> runs = counted_runs(data, group);
    for (const std::size_t run : runs) {
        for (const EpochRecord& row : data.runs[run].logged.epochs) {
            if (const std::optional<double> one = value(row)) found[row.epoch].push_back(*one);
        }
    }
    MeanCurve curve;
    for (const auto& [epoch, values] : found) {
        add_point(curve, static_cast<double>(epoch), mean_of(values), runs.size() > 1);
    }
    return curve;
}

}  // namespace bnrun
