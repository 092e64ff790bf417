#include "settings/builtin_configs.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/nearest.h"
#include "base/printable.h"

namespace bnrun {
namespace {

constexpr std::string_view kJson = ".json";
constexpr std::string_view kComment = "// ";

}  // namespace

const BuiltinConfig* find_builtin_config(std::string_view name) {
    if (name.ends_with(kJson)) name.remove_suffix(kJson.size());
    const auto configs = builtin_configs();
    const auto found =
        std::find_if(configs.begin(), configs.end(), [&](const BuiltinConfig& config) { return config.name == name; });
    return found == configs.end() ? nullptr : &*found;
}

const BuiltinConfig& builtin_config(const std::string& name) {
    if (const BuiltinConfig* const found = find_builtin_config(name)) return *found;
    std::vector<std::string> names;
    for (const BuiltinConfig& config : builtin_configs()) names.emplace_back(config.name);
    const std::string stem = name.substr(0, name.rfind(kJson));
    throw ConfigError(fmt::format("{}: no such config in the program{}; bnrun configs lists them",
                                  first_characters(name, kMostOfGiven), config_suggestion(stem, names)));
}

std::string_view description_of(const BuiltinConfig& config) {
    if (!config.text.starts_with(kComment)) return "";
    return config.text.substr(kComment.size(), config.text.find('\n') - kComment.size());
}

std::string config_suggestion(const std::string& given, const std::vector<std::string>& names) {
    if (names.empty()) return "";
    const std::string likely = nearest(given, names);
    const bool is_near = edit_distance(given, likely) <= std::max<std::size_t>(2, given.size() / 3);
    return is_near ? fmt::format("; did you mean \"{}\"?", likely) : "";
}

}  // namespace bnrun
