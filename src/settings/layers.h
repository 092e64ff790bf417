// The list `model.layers`: a table of what each kind of layer takes.
#pragma once

#include <string>
#include <vector>

#include "base/config.h"
#include "base/json_text.h"

namespace bnrun {

/// @param where begins messages, @param key names the list in them: `model.layers`. Throws ConfigError with the entry
/// and key, such as `model.layers[2].kernel`, and what was expected.
std::vector<LayerConfig> read_layers(const OrderedJson& list, const std::string& where, const std::string& key);

/// Reading it gives the same layers. Keys are left out where an entry has the model's.
OrderedJson layers_json(const std::vector<LayerConfig>& layers);

/// Of the list, JSON Schema.
OrderedJson layers_schema();

/// A table (Markdown) of the kinds' keys.
std::string layers_reference();

}  // namespace bnrun
