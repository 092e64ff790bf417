#include "settings/layers.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/nearest.h"
#include "base/printable.h"
#include "settings/layer_keys.h"

namespace bnrun {

namespace {

constexpr std::size_t kMostLayers = 1000;
constexpr int kDeepest = 8;  ///< residuals within residuals

std::string shown_name(LayerKind kind) { return std::string(kLayerKindNames.at(static_cast<std::size_t>(kind))); }

const std::vector<LayerKey>& all_keys();

LayerKind read_kind(const OrderedJson& entry, const LayerPlace& place) {
    if (!entry.is_object()) place.refuse(entry, "an object with a kind");
    if (!entry.contains("kind")) {
        throw ConfigError(
            fmt::format("{}: {}: \"kind\" is missing; expected {}", place.where, place.key, one_of_layer_kinds()));
    }
    const OrderedJson& kind = entry["kind"];
    const auto found =
        std::find(kLayerKindNames.begin(), kLayerKindNames.end(), kind.is_string() ? kind.get<std::string>() : "");
    if (found == kLayerKindNames.end()) place.at("kind").refuse(kind, one_of_layer_kinds());
    return static_cast<LayerKind>(found - kLayerKindNames.begin());
}

const LayerKey& find_key(const std::string& name, LayerKind kind, const LayerPlace& place) {
    std::vector<std::string> names{"kind"};
    for (const LayerKey& key : all_keys()) {
        if (!has_key(key, kind)) continue;
        if (key.name == name) return key;
        names.push_back(key.name);
    }
    throw ConfigError(fmt::format("{}: {}: a layer of kind {} has no key \"{}\"; did you mean \"{}\"?", place.where,
                                  place.key, shown_name(kind), first_characters(name, kMostOfGiven),
                                  nearest(name, names)));
}

LayerConfig read_layer(const OrderedJson& entry, const LayerPlace& place) {
    LayerConfig layer;
    layer.kind = read_kind(entry, place);
    if (layer.kind == LayerKind::kLrn) layer.size = 5;
    for (const LayerKey& key : all_keys()) {
        if (!key.is_needed || !has_key(key, layer.kind) || entry.contains(key.name)) continue;
        throw ConfigError(fmt::format("{}: {}: a layer of kind {} needs \"{}\"; expected {}", place.where, place.key,
                                      shown_name(layer.kind), key.name, key.expected));
    }
    for (const auto& [name, value] : entry.items()) {
        if (name == "kind") continue;
        const LayerKey& key = find_key(name, layer.kind, place);
        if (!value.is_null()) key.set(layer, value, place.at(name));
    }
    if (layer.kind == LayerKind::kPool && !entry.contains("stride")) layer.stride = layer.size;
    return layer;
}

OrderedJson layer_json(const LayerConfig& layer) {
    OrderedJson json{{"kind", shown_name(layer.kind)}};
    for (const LayerKey& key : all_keys()) {
        if (!has_key(key, layer.kind)) continue;
        OrderedJson value = key.get(layer);
        if (!value.is_null()) json[key.name] = std::move(value);
    }
    return json;
}

LayerKey layers_key() {
    return {"layers",
            {LayerKind::kResidual},
            true,
            "a list of layers",
            {{"$ref", "#/$defs/layers"}},
            "whose output has its input's shape",
            [](LayerConfig& layer, const OrderedJson& value, const LayerPlace& place) {
                layer.layers = read_layers(value, place.where, place.key);
            },
            [](const LayerConfig& layer) { return layers_json(layer.layers); }};
}

const std::vector<LayerKey>& all_keys() {
    static const std::vector<LayerKey> keys = [] {
        std::vector<LayerKey> all = layer_keys();
        all.push_back(layers_key());
        return all;
    }();
    return keys;
}

}  // namespace

std::vector<LayerConfig> read_layers(const OrderedJson& list, const std::string& where, const std::string& key) {
    const LayerPlace place{where, key};
    if (!list.is_array() || list.empty() || list.size() > kMostLayers) {
        place.refuse(list, fmt::format("a list of 1 to {} layers", kMostLayers));
    }
    if (std::count(key.begin(), key.end(), '[') >= kDeepest) {
        throw ConfigError(
            fmt::format("{}: {}: residuals within residuals go {} deep at most", where, key, kDeepest - 1));
    }
    std::vector<LayerConfig> layers;
    for (std::size_t i = 0; i < list.size(); ++i) {
        layers.push_back(read_layer(list[i], {where, fmt::format("{}[{}]", key, i)}));
    }
    return layers;
}

OrderedJson layers_json(const std::vector<LayerConfig>& layers) {
    OrderedJson list = OrderedJson::array();
    for (const LayerConfig& layer : layers) list.push_back(layer_json(layer));
    return list;
}

OrderedJson layers_schema() {
    OrderedJson kinds = OrderedJson::array();
    for (std::size_t k = 0; k < kLayerKindNames.size(); ++k) {
        const auto kind = static_cast<LayerKind>(k);
        OrderedJson entry{{"type", "object"}, {"additionalProperties", false}, {"required", {"kind"}}};
        entry["properties"]["kind"] = {{"const", kLayerKindNames[k]}};
        for (const LayerKey& key : all_keys()) {
            if (!has_key(key, kind)) continue;
            if (key.is_needed) entry["required"].push_back(key.name);
            OrderedJson& schema = entry["properties"][key.name];
            schema = key.schema;
            schema["description"] = key.meaning;
        }
        kinds.push_back(std::move(entry));
    }
    return {{"type", "array"}, {"minItems", 1}, {"maxItems", kMostLayers}, {"items", {{"oneOf", kinds}}}};
}

std::string layers_reference() {
    std::string text = "| kind | key | value | default | meaning |\n| --- | --- | --- | --- | --- |\n";
    for (std::size_t k = 0; k < kLayerKindNames.size(); ++k) {
        LayerConfig defaults;
        defaults.kind = static_cast<LayerKind>(k);
        for (const LayerKey& key : all_keys()) {
            if (!has_key(key, defaults.kind)) continue;
            const OrderedJson value = key.is_needed ? OrderedJson(nullptr) : key.get(defaults);
            const std::string word = key.is_needed       ? "needed"
                                     : value.is_null()   ? "the model's"
                                     : value.is_string() ? "`" + value.get<std::string>() + "`"
                                                         : "`" + value.dump() + "`";
            text += fmt::format("| `{}` | `{}` | {} | {} | {} |\n", kLayerKindNames[k], key.name, key.expected, word,
                                key.meaning);
        }
    }
    return text;
}

}  // namespace bnrun
