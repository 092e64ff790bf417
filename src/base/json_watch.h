// Goes through a JSON text and keeps none of it, before memory, stack or time is spent on a hostile one.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

struct JsonLimits {
    std::size_t levels;  ///< of objects and lists within one another
    std::size_t keys;    ///< of one object
};

enum class JsonFault { kTooDeep, kTooManyKeys, kKeyTwice };

/// @param path the keys that lead to the fault
using JsonRefusal = std::function<void(JsonFault fault, const std::vector<std::string>& path)>;

/// Calls `refuse`, which is to throw, at the first fault. Comments are passed over, and the text is followed up to
/// where it is no JSON any more: what that means is up to who parses it.
void watch_json(std::string_view text, const JsonLimits& limits, const JsonRefusal& refuse);

}  // namespace bnrun
