#include "settings/brief.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>

#include "settings/data_fields.h"
#include "settings/fields.h"
#include "settings/layer_keys.h"

namespace bnrun {
namespace {

/// Both ways in which a config says it.
constexpr std::array<std::string_view, 2> kKindKeys{"model.normalization.kind", "model.batch_norm.enabled"};

bool says_kind(const std::string& key) { return std::find(kKindKeys.begin(), kKindKeys.end(), key) != kKindKeys.end(); }

template <std::size_t count, class Value>
std::string name_of(const std::array<std::string_view, count>& names, Value value) {
    return std::string(names[static_cast<std::size_t>(value)]);
}

/// `3 conv, 2 dense`; those within a residual count, too.
void count_kinds(const std::vector<LayerConfig>& layers, std::array<int, kLayerKindNames.size()>& counts) {
    for (const LayerConfig& layer : layers) {
        ++counts.at(static_cast<std::size_t>(layer.kind));
        count_kinds(layer.layers, counts);
    }
}

std::string net_in_short(const ModelConfig& model) {
    if (!model.hidden.empty()) return fmt::format("{}", fmt::join(model.hidden, "-"));
    if (model.layers.empty()) return fmt::format("{}x{}", model.depth, model.width);
    std::array<int, kLayerKindNames.size()> counts{};
    count_kinds(model.layers, counts);
    std::vector<std::string> kinds;
    for (const LayerKind kind : {LayerKind::kConv, LayerKind::kDense, LayerKind::kResidual}) {
        const int count = counts.at(static_cast<std::size_t>(kind));
        if (count > 0) kinds.push_back(fmt::format("{} {}", count, name_of(kLayerKindNames, kind)));
    }
    return fmt::format("{}", fmt::join(kinds, " + "));
}

}  // namespace

ConfigValues changed_settings(const Config& config) {
    const Config usual;
    Config of_kind;
    of_kind.model.normalization.kind = config.model.normalization.kind;
    complete(of_kind.model.normalization, {"kind"});
    ConfigValues changed;
    for (const Field& field : config_fields()) {
        if (field.key == "name" || field.key == kAbsoluteDirKey || !field.is_written(config)) continue;
        const OrderedJson value = field.get(config);
        if (value == field.get(usual) || (!says_kind(field.key) && value == field.get(of_kind))) continue;
        changed.emplace_back(field.key, value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
    }
    return changed;
}

std::string in_short(const Config& config) {
    const ModelConfig& model = config.model;
    const TrainConfig& train = config.train;
    std::vector<std::string> parts{net_in_short(model) + " " + name_of(kActivationNames, model.activation)};
    const auto add = [&](bool is_said, std::string part) {
        if (is_said) parts.push_back(std::move(part));
    };
    add(model.normalization.kind != Normalization::kNone, name_of(kNormalizationNames, model.normalization.kind));
    add(model.dropout > 0, fmt::format("dropout {:g}", model.dropout));
    add(true, fmt::format("{} {:g}", name_of(kOptimizerNames, train.optimizer.name), train.optimizer.learning_rate));
    add(train.l2 > 0, fmt::format("l2 {:g}", train.l2));
    add(true, fmt::format("{} epoch{}", train.epochs, train.epochs == 1 ? "" : "s"));
    add(true, fmt::format("seed {}", config.seed));
    add(config.data.source != Source::kMnist, name_of(kSourceNames, config.data.source));
    add(config.precision != Precision::kFloat32, name_of(kPrecisionNames, config.precision));
    add(config.fidelity != Fidelity::kExact, name_of(kFidelityNames, config.fidelity));
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace bnrun
