// A config's values as JSON: what a field allows, how messages show one, and where dotted keys put it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/iteration_set.h"
#include "base/json_text.h"
#include "settings/field.h"

namespace bnrun {

/// The value as JSON, cut where it is long.
std::string shown_json(const OrderedJson& value);

/// Whether a number has no fraction and fits 64 bits.
bool is_whole(const OrderedJson& value);

/// An entry of a list of iterations: `1:100`, `1:1-50` or `last`. None where the text is not one.
std::optional<IterationSpan> span_from(std::string_view text);
std::string span_text(const IterationSpan& span);

bool is_valid(const Field& field, const OrderedJson& value);

/// Sets what the dotted key names, making the objects on the way.
void put(OrderedJson& json, const std::string& key, OrderedJson value);

}  // namespace bnrun
