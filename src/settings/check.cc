#include "settings/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/printable.h"
#include "settings/data_fields.h"
#include "settings/fields.h"
#include "settings/schedule_keys.h"
#include "settings/values.h"

namespace bnrun {

void check_name(const std::string& name, const std::string& where) {
    const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 32 || c == 127; });
    if (!name.empty() && name != "." && name != ".." && name.size() <= 200 && name.find('/') == std::string::npos &&
        !control && is_utf8(name))
        return;
    throw ConfigError(fmt::format(
        "{}: name: not allowed; expected a file name of at most 200 bytes without / or control characters", where));
}

namespace {

/// In float32, a number must neither vanish nor become infinite.
void check_precision(const Config& config) {
    if (config.precision != Precision::kFloat32) return;
    for (const Field& field : config_fields()) {
        if (field.kind != FieldKind::kNumber || field.get(config).is_null()) continue;
        const auto number = field.get(config).get<double>();
        const auto rounded = static_cast<float>(number);
        if (std::isfinite(rounded) && (rounded != 0 || number == 0)) continue;
        throw ConfigError(
            fmt::format("{}: {}: {:g} is not a float32 number; expected a magnitude of 1e-45 to 3e38, or "
                        "precision float64",
                        config.origins.of({field.key, "precision"}), field.key, number));
    }
}

/// Where it is known how many training samples there are.
void check_validation_samples(const Config& config, const std::optional<std::int64_t>& samples) {
    const std::int64_t asked = config.data.validation_samples;
    if (!samples || asked < *samples) return;
    throw ConfigError(fmt::format(
        "{}: data.validation_samples: {} of {} training samples leave none to train; use fewer",
        config.origins.of({"data.validation_samples", "data.train_samples", "data.source"}), asked, *samples));
}

void check_samples(const Config& config) {
    if (config.has_batch_norm() && config.data.train_samples == 1) {
        throw ConfigError(fmt::format("{}: data.train_samples: batch normalization needs at least 2",
                                      config.origins.of({"data.train_samples", "model.batch_norm.enabled"})));
    }
    const bool known_size = config.data.source != Source::kIdx;
    check_validation_samples(config,
                             known_size ? config.data.train_samples.value_or(60000) : config.data.train_samples);
    if (!known_size) return;
    const auto check = [&](const std::optional<std::int64_t>& samples, const char* key, std::int64_t most) {
        if (!samples || *samples <= most) return;
        throw ConfigError(fmt::format("{}: {}: {} samples asked for, but the data has {}; use null for all",
                                      config.origins.of({key, "data.source"}), key, *samples, most));
    };
    check(config.data.train_samples, "data.train_samples", 60000);
    check(config.data.test_samples, "data.test_samples", 10000);
}

void check_groups(const NormalizationConfig& normalization, const std::string& where, const std::string& key) {
    if (normalization.kind != Normalization::kGroup || normalization.groups) return;
    throw ConfigError(fmt::format(
        "{}: {}.groups: missing; kind group needs a number that divides the units or channels", where, key));
}

/// Entries of model.layers, and those within them.
void check_entries(const std::vector<LayerConfig>& layers, const std::string& where, const std::string& key) {
    for (std::size_t i = 0; i < layers.size(); ++i) {
        const std::string entry = fmt::format("{}[{}]", key, i);
        if (layers[i].normalization) check_groups(*layers[i].normalization, where, entry + ".normalization");
        if (layers[i].init) check_scheme(*layers[i].init, where, entry + ".init");
        check_entries(layers[i].layers, where, entry + ".layers");
    }
}

void check_distortion(const Config& config) {
    const ElasticConfig& elastic = config.data.distort.elastic;
    if (elastic.alpha == 0 || elastic.sigma > 0) return;
    throw ConfigError(fmt::format(
        "{}: data.distort.elastic.alpha: {:g} without data.distort.elastic.sigma, which smooths the displacements; "
        "expected a sigma above 0, such as 4",
        config.origins.of({"data.distort.elastic.alpha", "data.distort.elastic.sigma"}), elastic.alpha));
}

/// Of the ways to give the hidden layers, one.
void check_layers(const Config& config, const std::set<std::string>& given) {
    const auto refuse_both = [&](const char* key, const char* other) {
        throw ConfigError(fmt::format("{}: {} and {} are both given; remove one of them (--set {}=null)",
                                      config.origins.of({key, other}), key, other, other));
    };
    for (const char* key : {"model.depth", "model.width"}) {
        if (!config.model.layers.empty() && given.count(key)) refuse_both("model.layers", key);
        if (!config.model.hidden.empty() && given.count(key)) refuse_both("model.hidden", key);
    }
    if (!config.model.layers.empty() && given.count("model.hidden")) refuse_both("model.layers", "model.hidden");
}

/// Lists of iterations name epochs that there are.
void check_spans(const Config& config) {
    for (const auto& [key, spans] : {std::pair{"log.at", &config.log.at}, {"log.snapshots", &config.log.snapshots}}) {
        for (const IterationSpan& span : *spans) {
            if (span.is_last_of_run || span.epoch <= config.train.epochs) continue;
            throw ConfigError(fmt::format("{}: {}: {} is of epoch {}, but train.epochs is {}",
                                          config.origins.of({key, "train.epochs"}), key, span_text(span), span.epoch,
                                          config.train.epochs));
        }
    }
}

void check_directory(const Config& config) {
    const auto& directory = config.data.absolute_dir;
    if (!directory || directory->starts_with("/")) return;
    throw ConfigError(fmt::format("{}: {}: \"{}\" is relative; expected a path from / on, or no such key",
                                  config.origins.of({kAbsoluteDirKey}), kAbsoluteDirKey,
                                  first_characters(*directory, kMostOfGiven)));
}

void check_combinations(const Config& config, const std::set<std::string>& given) {
    check_layers(config, given);
    check_spans(config);
    check_groups(config.model.normalization, config.origins.of({"model.normalization"}), "model.normalization");
    check_entries(config.model.layers, config.origins.of({"model.layers"}), "model.layers");
    if (config.has_batch_norm() && config.train.batch_size < 2) {
        throw ConfigError(
            fmt::format("{}: train.batch_size: 1 is not allowed with batch normalization; expected at least 2",
                        config.origins.of({"train.batch_size", "model.batch_norm.enabled"})));
    }
    check_scheme(config.model.init, config.origins.of({"model.init.std", "model.init.scheme", "model.init.from"}),
                 "model.init");
    check_schedule(config);
    check_distortion(config);
    check_directory(config);
}

}  // namespace

void check_scheme(const InitConfig& init, const std::string& where, const std::string& key) {
    const bool gaussian = init.scheme == InitScheme::kGaussian;
    if (gaussian && !init.from && !init.std) {
        throw ConfigError(fmt::format("{}: {}.std: missing; scheme gaussian needs a number above 0", where, key));
    }
    if (init.std && !gaussian) {
        throw ConfigError(fmt::format(
            "{}: {}.std: has no meaning without scheme gaussian; remove it (--set {}.std=null)", where, key, key));
    }
}

void check_config(const Config& config, const std::set<std::string>& given) {
    check_name(config.name, config.origins.of({"name"}));
    check_combinations(config, given);
    check_precision(config);
    check_samples(config);
}

std::vector<std::string> keys_without_effect(const Config& config, const std::set<std::string>& given) {
    std::vector<std::string> warnings;
    const Config defaults;
    for (const Field& field : config_fields()) {
        const bool synthetic_dir = field.key == "data.dir" && config.data.source == Source::kSynthetic;
        if (given.count(field.key) == 0 || (field.in_use(config) && !synthetic_dir) ||
            field.get(config) == field.get(defaults))
            continue;
        warnings.push_back(fmt::format("{} has no effect with the other settings", field.key));
    }
    return warnings;
}

}  // namespace bnrun
