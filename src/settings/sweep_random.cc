#include "settings/sweep_random.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <optional>
#include <set>
#include <utility>

#include "base/error.h"
#include "base/number_text.h"
#include "math/random.h"
#include "settings/keys.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

constexpr int kMostTries = 1000;                    ///< for a setting that is not there yet
constexpr double kExactWhole = 9007199254740992.0;  ///< 2^53

bool takes_whole_numbers(const std::string& key) {
    const Field* const field = find_field(key);
    return field != nullptr && field->kind == FieldKind::kInteger;
}

void check_range(const DrawnKey& drawn, const std::string& where) {
    const Field* const field = find_field(drawn.key);
    const auto fail = [&](const std::string& what) { throw ConfigError(fmt::format("{}: {}", where, what)); };
    if (field == nullptr || (field->kind != FieldKind::kInteger && field->kind != FieldKind::kNumber)) {
        fail(fmt::format("a range, but {} takes no numbers; expected a list of its values", drawn.key));
    }
    if (!(drawn.low < drawn.high)) fail("low has to be below high");
    if (drawn.is_log && drawn.low <= 0) fail("low has to be above 0 on a log scale");
    if (field->kind != FieldKind::kInteger) return;
    for (const double bound : {drawn.low, drawn.high}) {
        if (bound != std::floor(bound) || std::abs(bound) > kExactWhole) {
            fail(fmt::format("{} takes whole numbers; expected low and high to be some", drawn.key));
        }
    }
}

DrawnKey drawn_range(const std::string& key, double low, double high, bool is_log, const std::string& where) {
    DrawnKey drawn{key, true, low, high, is_log, {}, where};
    check_range(drawn, where);
    return drawn;
}

double bound_in(const OrderedJson& json, const char* name, const std::string& where) {
    if (json.contains(name) && json[name].is_number()) return json[name].get<double>();
    throw ConfigError(
        fmt::format("{}: {}: expected a number, as in {{\"low\": 1e-5, \"high\": 0.1, \"scale\": "
                    "\"log\"}}; or a list of values",
                    where, name));
}

bool is_log_in(const OrderedJson& json, const std::string& where) {
    const std::string scale = json.value("scale", OrderedJson("linear")).dump();
    if (scale == "\"log\"") return true;
    if (scale == "\"linear\"") return false;
    throw ConfigError(fmt::format("{}: scale: {}: expected \"linear\" or \"log\"", where, scale));
}

std::optional<double> number_in(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    if (text.empty() || *end != '\0' || !std::isfinite(value)) return std::nullopt;
    return value;
}

/// Six digits: a name stays short, and the last bits, in which one machine's pow may differ from another's, are gone.
double shortened(double value, const DrawnKey& drawn) {
    const double rounded = std::strtod(fmt::format("{:.5e}", value).c_str(), nullptr) + 0.0;
    return std::clamp(rounded, drawn.low, drawn.high);
}

std::string draw_whole(const DrawnKey& drawn, Random& random) {
    const auto low = static_cast<std::int64_t>(drawn.low);
    const auto high = static_cast<std::int64_t>(drawn.high);
    if (!drawn.is_log) {
        const auto count = static_cast<std::uint64_t>(high - low) + 1;
        return fmt::format("{}", low + static_cast<std::int64_t>(random.below(count)));
    }
    const double end = drawn.high + 1;  // each number k has the share of [k, k + 1)
    const double value = std::floor(drawn.low * std::exp(random.uniform() * std::log(end / drawn.low)));
    return fmt::format("{}", static_cast<std::int64_t>(std::clamp(value, drawn.low, drawn.high)));
}

std::string draw_number(const DrawnKey& drawn, Random& random) {
    const double share = random.uniform();
    if (!drawn.is_log) return shortest_text(shortened(drawn.low + share * (drawn.high - drawn.low), drawn));
    const double first = std::log10(drawn.low);
    return shortest_text(shortened(std::pow(10.0, first + share * (std::log10(drawn.high) - first)), drawn));
}

/// A value as JSON text, and its label.
std::pair<std::string, std::string> draw(const DrawnKey& drawn, Random& random) {
    if (drawn.is_range) {
        return {takes_whole_numbers(drawn.key) ? draw_whole(drawn, random) : draw_number(drawn, random), ""};
    }
    const auto place = static_cast<std::size_t>(random.below(drawn.list.values.size()));
    return {drawn.list.values[place], drawn.list.labels.empty() ? "" : drawn.list.labels[place]};
}

OrderedJson drawn_json(const DrawnKey& drawn) {
    if (drawn.is_range) {
        const bool is_whole = takes_whole_numbers(drawn.key);
        const auto bound = [&](double value) {
            return is_whole ? OrderedJson(static_cast<std::int64_t>(value)) : OrderedJson(value);
        };
        return {{"low", bound(drawn.low)}, {"high", bound(drawn.high)}, {"scale", drawn.is_log ? "log" : "linear"}};
    }
    OrderedJson list = OrderedJson::array();
    for (std::size_t i = 0; i < drawn.list.values.size(); ++i) {
        const OrderedJson value = parse_value(drawn.list.values[i], drawn.given);
        const std::string label = drawn.list.labels.empty() ? "" : drawn.list.labels[i];
        list.push_back(label.empty() ? value : OrderedJson{{"value", value}, {"label", label}});
    }
    return list;
}

}  // namespace

DrawnKey drawn_key(const std::string& key, const OrderedJson& json, const std::string& where) {
    if (json.is_string()) return drawn_from_text(key, json.get<std::string>(), where);
    if (!json.is_object()) return {key, false, 0, 0, false, axis_values(json, where), where};
    for (const auto& [name, value] : json.items()) {
        if (name == "low" || name == "high" || name == "scale") continue;
        throw ConfigError(fmt::format("{}: unknown key \"{}\"; a range has low, high and scale", where, name));
    }
    const double low = bound_in(json, "low", where);
    return drawn_range(key, low, bound_in(json, "high", where), is_log_in(json, where), where);
}

DrawnKey drawn_from_text(const std::string& key, const std::string& text, const std::string& where) {
    const bool is_log = text.starts_with("log:");
    const std::string bounds = is_log ? text.substr(4) : text;
    const std::size_t colon = bounds.find(':');
    if (colon != std::string::npos && bounds.find(',') == std::string::npos) {
        const std::optional<double> low = number_in(bounds.substr(0, colon));
        const std::optional<double> high = number_in(bounds.substr(colon + 1));
        if (low && high) return drawn_range(key, *low, *high, is_log, where);
    }
    return {key, false, 0, 0, false, {sweep_values(text, where), {}}, where};
}

OrderedJson random_json(const RandomSearch& random) {
    OrderedJson json{{"n", random.count}, {"seed", random.seed}};
    for (const DrawnKey& drawn : random.keys) json["keys"][drawn.key] = drawn_json(drawn);
    return json;
}

SweepAxis drawn_axis(const RandomSearch& random) {
    SweepAxis axis;
    std::vector<Random> streams;
    for (const DrawnKey& drawn : random.keys) {
        axis.keys.push_back(drawn.key);
        axis.given.push_back(drawn.given);
        streams.emplace_back(static_cast<std::uint64_t>(random.seed), Stream::kSweep,
                             static_cast<std::uint32_t>(streams.size()));
    }
    axis.values.resize(axis.keys.size());
    axis.labels.resize(axis.keys.size());
    std::set<std::vector<std::string>> known;
    for (std::int64_t i = 0, tries = 0; i < random.count;) {
        std::vector<std::string> values;
        std::vector<std::string> labels;
        for (std::size_t k = 0; k < streams.size(); ++k) {
            auto [value, label] = draw(random.keys[k], streams[k]);
            values.push_back(std::move(value));
            labels.push_back(std::move(label));
        }
        if (!known.insert(values).second) {
            if (++tries < kMostTries) continue;
            throw ConfigError(
                fmt::format("{}: {} settings, but no more than {} different ones were found; lower the "
                            "number, or give more values",
                            random.keys.front().given, random.count, i));
        }
        for (std::size_t k = 0; k < streams.size(); ++k) {
            axis.values[k].push_back(std::move(values[k]));
            axis.labels[k].push_back(std::move(labels[k]));
        }
        ++i;
        tries = 0;
    }
    return axis;
}

}  // namespace bnrun
