// The table of what each kind of layer takes in `model.layers`.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/json_text.h"

namespace bnrun {

/// Where an entry stands, as messages name it.
struct LayerPlace {
    std::string where;
    std::string key;

    [[nodiscard]] LayerPlace at(const std::string& name) const { return {where, key + "." + name}; }
    [[noreturn]] void refuse(const OrderedJson& value, const std::string& expected) const;
};

/// A key of some kinds of layers. `set` throws where the value is not allowed; `get` gives null for what is not said.
struct LayerKey {
    std::string name;
    std::vector<LayerKind> kinds;
    bool is_needed;
    std::string expected;
    OrderedJson schema;
    std::string meaning;
    std::function<void(LayerConfig&, const OrderedJson&, const LayerPlace&)> set;
    std::function<OrderedJson(const LayerConfig&)> get;
};

/// All but the list of layers within a residual.
const std::vector<LayerKey>& layer_keys();

bool has_key(const LayerKey& key, LayerKind kind);

/// Gives what depends on the kind, and was not given, its default. @param given the last parts of keys
void complete(NormalizationConfig& normalization, const std::set<std::string>& given);

/// `one of dense, conv, …`
std::string one_of_layer_kinds();

}  // namespace bnrun
