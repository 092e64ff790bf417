// Every JSON text but the header of a safetensors file, which has limits of its own, is read here, within limits of
// nesting and keys; mistakes of one written by hand are named by line and column.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

namespace bnrun {

using OrderedJson = nlohmann::ordered_json;

/// @param file names the text in messages; comments are allowed. Throws ConfigError: empty, not JSON, no object at the
/// top, a key given twice, nested too deep, too many keys in one object.
OrderedJson parse_object(const std::string& text, const std::string& file);

/// A value of a command line; discarded where it is no JSON. @param where begins messages. Throws ConfigError: a key
/// given twice, nested too deep, too many keys.
OrderedJson parse_value(const std::string& text, const std::string& where);

/// What a run has left; discarded where it is no JSON. Throws DataError as the above throw ConfigError.
OrderedJson parse_stored(const std::string& text, const std::string& file);

}  // namespace bnrun
