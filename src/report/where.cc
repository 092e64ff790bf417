#include "report/where.h"

#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "base/error.h"
#include "files/sweep_summary.h"

namespace bnrun {
namespace {

constexpr std::size_t kValuesNamed = 8;

}  // namespace

Condition parse_condition(const std::string& text) {
    const std::size_t equals = text.find('=');
    if (equals != std::string::npos && equals > 0) return {text, text.substr(0, equals), text.substr(equals + 1)};
    throw ConfigError(fmt::format("--where {}: expected KEY=VALUE, such as learning_rate=1e-4", text));
}

std::string full_key(const std::set<std::string>& keys, const Condition& condition, const std::string& whose) {
    const std::string& wanted = condition.key;
    if (keys.count(wanted) > 0) return wanted;
    std::set<std::string> found;
    std::copy_if(keys.begin(), keys.end(), std::inserter(found, found.end()),
                 [&](const std::string& key) { return key.ends_with("." + wanted); });
    if (found.size() == 1) return *found.begin();
    throw ConfigError(found.empty()
                          ? fmt::format("--where {}: {} has such a key", wanted, whose)
                          : fmt::format("--where {}: may be {}; name one of them", wanted, fmt::join(found, " or ")));
}

bool is_same_value(const std::string& a, const std::string& b) {
    const std::optional<double> number = as_number(a);
    return a == b || (number && number == as_number(b));
}

void throw_no_match(const Condition& condition, const std::string& key, const std::set<std::string>& values,
                    const char* what) {
    const auto named = std::next(values.begin(), static_cast<std::ptrdiff_t>(std::min(values.size(), kValuesNamed)));
    throw ConfigError(fmt::format("--where {}: no {} has that; {} is {}{}", condition.text, what, key,
                                  fmt::join(values.begin(), named, ", "), named == values.end() ? "" : ", …"));
}

}  // namespace bnrun
