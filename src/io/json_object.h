// Reads a JSON object written by hand: comments allowed, mistakes named by line and column.
#pragma once

#include <string>

#include "io/config_fields.h"

namespace bnrun {

/// @param file names the text in messages. Throws ConfigError: empty, not JSON, no object at the top, a key given
/// twice, nested too deep.
OrderedJson parse_object(const std::string& text, const std::string& file);

/// A value of a command line; discarded where it is no JSON. @param where begins messages. Throws ConfigError: a key
/// given twice, nested too deep.
OrderedJson parse_value(const std::string& text, const std::string& where);

}  // namespace bnrun
