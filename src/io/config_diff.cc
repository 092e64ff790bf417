#include "io/config_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "base/error.h"
#include "io/whole_file.h"

namespace bnrun {
namespace {

using OrderedJson = nlohmann::ordered_json;
using Pairs = std::vector<std::pair<std::string, std::string>>;

void flatten(const OrderedJson& object, const std::string& prefix, Pairs& pairs) {
    for (const auto& [name, value] : object.items()) {
        if (value.is_object()) {
            flatten(value, prefix + name + ".", pairs);
        } else {
            pairs.emplace_back(prefix + name, value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace));
        }
    }
}

std::string value_of(const Pairs& pairs, const std::string& key) {
    const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const auto& pair) { return pair.first == key; });
    return found == pairs.end() ? "" : found->second;
}

}  // namespace

Pairs config_values(const std::string& file) {
    const OrderedJson json = OrderedJson::parse(read_whole(file), nullptr, false, true);
    if (!json.is_object()) throw DataError(fmt::format("{}: not a config; expected a JSON object", file));
    Pairs pairs;
    flatten(json, "", pairs);
    return pairs;
}

std::vector<ConfigDifference> config_differences(const std::string& file_a, const std::string& file_b) {
    const Pairs a = config_values(file_a);
    const Pairs b = config_values(file_b);
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
