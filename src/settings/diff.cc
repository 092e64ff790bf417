#include "settings/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "base/json_text.h"
#include "settings/data_fields.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostValues = 1000;  ///< a config has some fifty

void flatten(const OrderedJson& object, const std::string& prefix, ConfigValues& pairs) {
    for (const auto& [name, value] : object.items()) {
        if (value.is_object()) {
            flatten(value, prefix + name + ".", pairs);
        } else if (prefix + name != kAbsoluteDirKey) {
            pairs.emplace_back(prefix + name, value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
        }
    }
}

std::string value_of(const ConfigValues& pairs, const std::string& key) {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first == key; });
    return found == pairs.end() ? "" : found->second;
}

}  // namespace

ConfigValues parse_config_values(const std::string& text, const std::string& file) {
    const OrderedJson json = parse_stored(text, file);
    if (!json.is_object()) throw DataError(fmt::format("{}: not a config; expected a JSON object", file));
    ConfigValues pairs;
    flatten(json, "", pairs);
    if (pairs.size() <= kMostValues) return pairs;
    throw DataError(fmt::format("{}: {} keys; no config has more than {}", file, pairs.size(), kMostValues));
}

std::vector<ConfigDifference> config_differences(const ConfigValues& a, const ConfigValues& b) {
    std::vector<ConfigDifference> differences;
    for (const auto& [key, value] : a) {
        if (key == "name") continue;
        std::string other = value_of(b, key);
        if (other != value) differences.push_back({key, value, std::move(other)});
    }
    for (const auto& [key, value] : b) {
        if (key != "name" && value_of(a, key).empty()) differences.push_back({key, "", value});
    }
    return differences;
}

}  // namespace bnrun
