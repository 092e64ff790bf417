#include "train/check_fit.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "data/batches.h"
#include "nn/init.h"
#include "nn/net_plan.h"

namespace bnrun {

namespace {

void check_distortion(const Config& config, const Shape& shape) {
    if (!config.data.distort.is_on() || shape.positions() > 1) return;
    throw ConfigError(fmt::format(
        "{}: data.distort: the data's samples are no images, but vectors of {} values; expected a file of images of "
        "rank 3 or 4, or leave data.distort out",
        config.origins.of({"data.distort.shift", "data.distort.rotate", "data.distort.scale", "data.distort.shear",
                           "data.distort.elastic.sigma", "data.distort.elastic.alpha", "data.distort.contrast",
                           "data.distort.brightness", "data.distort.noise", "data.source", "data.dir"}),
        shape.size()));
}

/// What is to be logged is there.
void check_log(const Config& config, Index batches) {
    const auto layers = static_cast<std::int64_t>(config.hidden_layers()) + 1;
    for (const std::int64_t layer : config.log.layers) {
        if (layer <= layers) continue;
        throw ConfigError(fmt::format("{}: log.layers: {} is none of the net's layers with weights, 1 to {}",
                                      config.origins.of({"log.layers"}), layer, layers));
    }
    for (const auto& [key, spans] : {std::pair{"log.at", &config.log.at}, {"log.snapshots", &config.log.snapshots}}) {
        for (const IterationSpan& span : *spans) {
            if (span.is_last_of_run || span.last <= batches) continue;
            throw ConfigError(fmt::format("{}: {}: iteration {} is asked for, but an epoch has {}",
                                          config.origins.of({key, "train.batch_size"}), key, span.last, batches));
        }
    }
}

}  // namespace

void check_fit(const Config& config, const Dataset& dataset, const TensorMap& initial) {
    check_distortion(config, dataset.shape);
    const Index batches = batch_count(config, dataset.train.samples());
    if (batches == 0) {
        throw ConfigError(fmt::format(
            "{}: data.train_samples: a single training sample, but batch normalization needs batches of at least 2; "
            "use more samples or model.batch_norm=false",
            config.origins.of({"data.train_samples", "data.validation_samples", "data.source", "data.dir",
                               "model.batch_norm.enabled"})));
    }
    (void)plan_net(config, dataset.shape, dataset.classes);
    check_log(config, batches);
    const std::vector<NormalizationConfig> norms = config.batch_norms();
    const bool averages = std::any_of(norms.begin(), norms.end(), [](const NormalizationConfig& norm) {
        return norm.inference != Inference::kMovingAverage;
    });
    if (averages && config.fidelity == Fidelity::kPublished && batches < 2) {
        throw ConfigError(fmt::format(
            "{}: train.batch_size: {} makes one batch of {} samples, but published fidelity divides by (batches - 1); "
            "use a smaller batch or fidelity=exact",
            config.origins.of({"train.batch_size", "data.train_samples", "data.source", "data.dir", "fidelity",
                               "model.batch_norm.enabled", "model.batch_norm.inference"}),
            config.train.batch_size, dataset.train.samples()));
    }
    if (initial.empty()) return;
    const std::string file = fmt::format("{}: model.init.from: {}", config.origins.of({"model.init.from"}),
                                         config.model.init.from.value_or("init"));
    check_tensors(config, dataset.shape, dataset.classes, initial, false, file);
}

}  // namespace bnrun
