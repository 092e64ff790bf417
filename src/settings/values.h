// A config's values as JSON: what a field allows, how messages show one, and where dotted keys put it.
#pragma once

#include <string>

#include "base/json_text.h"
#include "settings/field.h"

namespace bnrun {

/// The value as JSON, cut where it is long.
std::string shown_json(const OrderedJson& value);

/// Whether a number has no fraction and fits 64 bits.
bool is_whole(const OrderedJson& value);

bool is_valid(const Field& field, const OrderedJson& value);

/// Sets what the dotted key names, making the objects on the way.
void put(OrderedJson& json, const std::string& key, OrderedJson value);

}  // namespace bnrun
