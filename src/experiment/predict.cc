#include "experiment/predict.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "data/batches.h"
#include "data/preprocess.h"
#include "experiment/inputs.h"
#include "math/functions.h"
#include "train/check_fit.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

constexpr Index kMomentSamples = 2000;  ///< of the training set, from which theory has the images' moments

/// Keeps the first iteration's norms, and stops there.
class FirstIteration : public TrainingListener {
  public:
    void on_iteration(const IterationRecord& record) override { norms = record.gradient_norms; }
    void on_epoch(const EpochRecord& /*record*/) override {}
    bool stop_requested() override { return true; }

    std::vector<double> norms;
};

Signal signal_of_training(const Config& config, const Dataset& dataset, ThreadTeam& team) {
    const auto seed = static_cast<std::uint64_t>(config.seed);
    const Transform transform = fit_transform(dataset.train, dataset.features(), config.data.preprocess, team);
    const Inputs<double> inputs(dataset.train, dataset.features(), transform, team);
    const Distortion distortion(config.data.distort, dataset.shape, seed);
    const auto order = epoch_order(dataset.train.samples(), config.train.order, seed, 1);
    const Index count = std::min(kMomentSamples, dataset.train.samples());
    Panels<double> x;
    if (distortion.is_on()) {
        inputs.gather_distorted(order.data(), count, distortion, 1, team, x);
    } else {
        inputs.gather(order.data(), count, team, x);
    }
    std::vector<std::uint8_t> labels;
    for (Index i = 0; i < count; ++i) labels.push_back(dataset.train.labels[order[static_cast<std::size_t>(i)]]);
    return signal_of(x, labels);
}

MeasuredGradients measure(Config config, std::int64_t seeds, const Dataset& dataset, ThreadTeam& team) {
    const TensorMap initial = read_initial_values(config);
    check_fit(config, dataset, initial);
    config.log = LogConfig{};
    config.log.norm = Norm::kFrobenius;
    config.train.checkpoint_every.count = 0;
    const double share = 1 / static_cast<double>(seeds);
    MeasuredGradients means;
    means.seeds = seeds;
    for (std::int64_t i = 0; i < seeds; ++i, ++config.seed) {
        FirstIteration first;
        train(config, dataset, initial, team, first);
        means.norms.resize(first.norms.size());
        means.ratios.resize(first.norms.size() - 1);
        for (std::size_t l = 0; l < first.norms.size(); ++l) means.norms[l] += share * first.norms[l];
        for (std::size_t l = 0; l < means.ratios.size(); ++l) {
            means.ratios[l] += share * (elementary::log(first.norms[l]) - elementary::log(first.norms[l + 1]));
        }
    }
    for (double& ratio : means.ratios) ratio = elementary::exp(ratio);
    return means;
}

/// The number, or why it is not known.
std::string cell(double value, const std::string& unknown) {
    if (!std::isnan(value)) return fmt::format("{:.4g}", value);
    return unknown.empty() ? "-" : unknown;
}

/// Of the ratios' logarithms from the second layer up to the last hidden one, where there are two and all are known.
template <class RatioOf>
std::optional<double> factor_within(std::size_t layers, const RatioOf& ratio_of) {
    if (layers < 4) return {};
    double sum = 0;
    for (std::size_t i = 1; i + 2 < layers; ++i) sum += elementary::log(ratio_of(i));
    const double factor = elementary::exp(sum / static_cast<double>(layers - 3));
    return std::isfinite(sum) ? std::optional(factor) : std::nullopt;
}

std::string factor_text(const char* whose, double factor) {
    return fmt::format("{} {:.4g} (x{:.4g})", whose, factor, 1 / factor);
}

/// Of the layer's norm to the next one's.
double predicted_ratio(const std::vector<LayerPrediction>& rows, std::size_t i) {
    return i + 1 < rows.size() ? rows[i].gradient / rows[i + 1].gradient : std::nan("");
}

/// @param unit of the norm
std::string theory_cells(const std::vector<LayerPrediction>& rows, std::size_t i, double unit) {
    const LayerPrediction& row = rows[i];
    const bool next_is_why = row.unknown.empty() && i + 1 < rows.size();
    const std::string& unknown = next_is_why ? rows[i + 1].unknown : row.unknown;
    return fmt::format("{:>5}{:>11}{:>11}{:>11}{:>13}{:>12}{:>11}", i + 1, cell(row.variance, row.unknown),
                       cell(row.chi, unknown), cell(std::sqrt(row.chi), unknown),
                       cell(1 / std::abs(elementary::log(row.chi)), unknown), cell(row.gradient / unit, row.unknown),
                       cell(predicted_ratio(rows, i), unknown));
}

std::string measured_cells(const MeasuredGradients& measured, std::size_t i, double predicted) {
    std::string text = fmt::format("{:>12.4g}", measured.norms[i]);
    if (i == measured.ratios.size()) return text;
    const double off = 100 * (measured.ratios[i] / predicted - 1);
    return text +
           fmt::format("{:>11.4g}{:>10}", measured.ratios[i], std::isnan(off) ? "-" : fmt::format("{:+.1f} %", off));
}

/// The last line: the factor within the hidden layers.
std::string verdict_text(const std::vector<LayerPrediction>& rows, const std::optional<MeasuredGradients>& measured) {
    const auto theory = factor_within(rows.size(), [&](std::size_t i) { return predicted_ratio(rows, i); });
    if (!theory) return "";
    std::string text = fmt::format("ratio from layer 2 to {}: {}", rows.size() - 1, factor_text("predicted", *theory));
    if (measured) {
        const auto found = factor_within(rows.size(), [&](std::size_t i) { return measured->ratios[i]; });
        if (!found) return text + "\n";
        text += fmt::format(", {}, {:+.1f} %, {} seed{}", factor_text("measured", *found), 100 * (*found / *theory - 1),
                            measured->seeds, measured->seeds == 1 ? "" : "s");
    }
    return text + "\n";
}

}  // namespace

std::string prediction_text(const std::vector<LayerPrediction>& rows,
                            const std::optional<MeasuredGradients>& measured) {
    const double unit = measured ? 1 : rows[rows.size() - 2].gradient;
    std::string text = fmt::format("{:>5}{:>11}{:>11}{:>11}{:>13}{:>12}{:>11}", "layer", "q", "chi", "factor",
                                   "depth scale", measured ? "norm" : "relative", "ratio");
    if (measured) text += fmt::format("{:>12}{:>11}{:>10}", "measured", "ratio", "off by");
    text += "\n";
    for (std::size_t i = 0; i < rows.size(); ++i) {
        text += theory_cells(rows, i, unit);
        if (measured) text += measured_cells(*measured, i, predicted_ratio(rows, i));
        text += "\n";
    }
    return text + verdict_text(rows, measured);
}

void predict(const Config& config, const PredictOptions& options, Reporter& reporter) {
    ThreadTeam team(options.threads);
    if (!options.measure && config.data.source != Source::kIdx) {
        reporter.table(prediction_text(predict_layers(plan_net(config, {1, 28, 28}, 10), config, {}), {}));
        return;
    }
    const Dataset dataset = load_reported(config, reporter);
    const auto plan = plan_net(config, dataset.shape, dataset.classes);
    if (!options.measure) {
        reporter.table(prediction_text(predict_layers(plan, config, {}), {}));
        return;
    }
    const MeasuredGradients measured = measure(config, options.seeds, dataset, team);
    reporter.table(prediction_text(predict_layers(plan, config, signal_of_training(config, dataset, team)), measured));
}

}  // namespace bnrun
