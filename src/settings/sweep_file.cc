#include "settings/sweep_file.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "base/error.h"
#include "base/json_text.h"
#include "base/printable.h"

namespace bnrun {
namespace {

/// What decides which points there are, in the order of the file.
constexpr std::array<const char*, 5> kDeciding{"base", "set", "grid", "zip", "random"};

/// With the name that the sweep knows it by.
OrderedJson base_json(const SweepBase& base, bool is_only_one) {
    OrderedJson json = parse_object(base.config.text, base.config.path);
    const bool has_name = json.contains("name") && json["name"].is_string();
    const std::string own =
        has_name ? json["name"].get<std::string>() : std::filesystem::path(base.config.path).stem().string();
    OrderedJson named{{"name", is_only_one ? own : base.label}};
    json.erase("name");
    named.update(json);
    return named;
}

OrderedJson bases_json(const SweepSpec& spec) {
    if (spec.bases.size() == 1) return base_json(spec.bases.front(), true);
    OrderedJson json = OrderedJson::array();
    for (const SweepBase& base : spec.bases) json.push_back(base_json(base, false));
    return json;
}

OrderedJson json_of(const std::string& value) {
    OrderedJson json = parse_value(value, value);
    return json.is_discarded() ? OrderedJson(value) : json;
}

OrderedJson set_json(const SweepSpec& spec) {
    OrderedJson json = OrderedJson::object();
    for (const Override& set : spec.set) json[set.key] = json_of(set.value);
    return json;
}

void add_axis(OrderedJson& json, const SweepAxis& axis) {
    for (std::size_t i = 0; i < axis.keys.size(); ++i) {
        OrderedJson& values = json[axis.keys[i]] = OrderedJson::array();
        for (std::size_t k = 0; k < axis.values[i].size(); ++k) {
            const OrderedJson value = json_of(axis.values[i][k]);
            const std::string& label = axis.labels[i][k];
            values.push_back(label.empty() ? value : OrderedJson{{"value", value}, {"label", label}});
        }
    }
}

/// The keys of one grid, without those that go in step.
OrderedJson grid_json(const std::vector<SweepAxis>& axes) {
    OrderedJson json = OrderedJson::object();
    for (const SweepAxis& axis : axes) {
        if (axis.keys.size() == 1) add_axis(json, axis);
    }
    return json;
}

OrderedJson grids_json(const SweepSpec& spec) {
    if (spec.grids.size() == 1) return grid_json(spec.grids.front());
    OrderedJson json = OrderedJson::array();
    for (const std::vector<SweepAxis>& axes : spec.grids) json.push_back(grid_json(axes));
    return json;
}

/// A path to where the second departs from the first; empty where it does not.
std::string first_departure(const OrderedJson& a, const OrderedJson& b, const std::string& path) {
    if (!a.is_object() || !b.is_object()) return a == b ? "" : path;
    const std::string before = path.empty() ? "" : path + ".";
    for (const auto& [key, value] : a.items()) {
        if (!b.contains(key)) return before + key;
        std::string within = first_departure(value, b[key], before + key);
        if (!within.empty()) return within;
    }
    for (const auto& [key, value] : b.items()) {
        if (!a.contains(key)) return before + key;
    }
    return "";
}

}  // namespace

std::string sweep_file_text(const SweepSpec& spec) {
    OrderedJson grid = grids_json(spec);
    OrderedJson zip = OrderedJson::object();
    for (const SweepAxis& axis : spec.grids.front()) {
        if (axis.keys.size() > 1) add_axis(zip, axis);
    }
    OrderedJson json{{"name", spec.name}, {"base", bases_json(spec)}};
    if (!spec.set.empty()) json["set"] = set_json(spec);
    if (!grid.empty()) json["grid"] = std::move(grid);
    if (!zip.empty()) json["zip"] = std::move(zip);
    if (spec.random.count > 0) json["random"] = random_json(spec.random);
    json["given"] = spec.given.empty() ? OrderedJson::object() : parse_object(spec.given, "given");
    return json.dump(2, ' ', false, OrderedJson::error_handler_t::replace) + "\n";
}

std::string sweep_file_difference(const std::string& a, const std::string& b, const std::string& file) {
    const OrderedJson one = parse_object(a, file);
    const OrderedJson other = parse_object(b, file);
    for (const char* part : kDeciding) {
        const OrderedJson nothing = OrderedJson::object();
        const OrderedJson& here = one.contains(part) ? one[part] : nothing;
        const OrderedJson& there = other.contains(part) ? other[part] : nothing;
        std::string path = first_departure(here, there, part);
        if (!path.empty()) return path;
        const bool is_ordered = part != std::string("base") && part != std::string("set");  // as points are
        if (is_ordered && here != there) return std::string(part) + ", the order of its keys";
    }
    return "";
}

bool is_sweep_file(const std::string& text) {
    try {
        const OrderedJson json = parse_object(text, "");
        return json.contains("base") && json.contains("given");
    } catch (const ConfigError&) {
        return false;
    }
}

SweepSpec with_overrides(SweepSpec spec, const std::vector<Override>& overrides) {
    const auto is_overridden = [&](const Override& set) {
        return std::any_of(overrides.begin(), overrides.end(),
                           [&](const Override& assignment) { return assignment.key == set.key; });
    };
    spec.set.erase(std::remove_if(spec.set.begin(), spec.set.end(), is_overridden), spec.set.end());
    spec.set.insert(spec.set.end(), overrides.begin(), overrides.end());
    OrderedJson given = spec.given.empty() ? OrderedJson::object() : parse_object(spec.given, "given");
    for (const Override& assignment : overrides) given["set"].push_back(assignment.key + "=" + assignment.value);
    spec.given = given.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    return spec;
}

}  // namespace bnrun
