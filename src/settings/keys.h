// Looks up a config's dotted keys, and says which one was probably meant.
#pragma once

#include <string>

#include "settings/fields.h"

namespace bnrun {

/// Null where no field has the key.
const Field* find_field(const std::string& key);

/// Whether the key is that of an object with fields in it, such as `model.init`.
bool is_group(const std::string& key);

/// What to say where such a group got a value that is no object: the key in it which takes that value, or the first one
/// that takes a name, with all its names. Empty where no key in it takes names.
std::string group_hint(const std::string& group, const OrderedJson& value);

/// Throws ConfigError with the likeliest key, or a way to find out where none is near.
[[noreturn]] void unknown_key(const std::string& where, const std::string& key);

/// The same for a key with a dot in its name within an object, which shows how the likeliest key nests.
[[noreturn]] void dotted_key(const std::string& where, const std::string& key);

}  // namespace bnrun
