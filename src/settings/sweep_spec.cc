#include "settings/sweep_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/error.h"
#include "base/input_file.h"
#include "base/json_text.h"
#include "base/nearest.h"
#include "base/printable.h"
#include "settings/check.h"
#include "settings/keys.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

constexpr std::size_t kMostOfAxis = 100;
namespace fs = std::filesystem;

std::string stem(const std::string& path) { return fs::path(path).stem().string(); }

SweepBase base_from_file(const std::string& name) {
    const ConfigFile file = read_config_file(name);
    return {stem(file.path), file};
}

/// Adds a key with its values to the axis. @param where begins messages.
void extend(SweepAxis& axis, const std::string& key, std::vector<std::string> values, const std::string& where) {
    if (!axis.values.empty() && values.size() != axis.values.front().size()) {
        throw ConfigError(fmt::format("{}: {} values, but {} of {}; expected as many, as zip takes them in pairs",
                                      where, values.size(), axis.values.front().size(), axis.keys.front()));
    }
    axis.keys.push_back(key);
    axis.values.push_back(std::move(values));
}

void extend_from_flag(SweepAxis& axis, const char* flag, const std::string& assignment) {
    const std::string where = first_characters(fmt::format("{} {}", flag, assignment), kMostOfGiven);
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0) {
        throw ConfigError(where + ": expected key=values, such as --grid seed=1:3");
    }
    extend(axis, assignment.substr(0, equals), sweep_values(assignment.substr(equals + 1), where), where);
    axis.given.push_back(first_characters(where, kMostOfAxis));
}

std::vector<std::string> values_from_json(const OrderedJson& json, const std::string& where) {
    if (json.is_string()) return sweep_values(json.get<std::string>(), where);
    if (!json.is_array()) throw ConfigError(where + ": expected a list of values, or a string such as \"1:3\"");
    if (json.empty()) throw ConfigError(where + ": no values; expected some, such as [1, 2, 3]");
    std::vector<std::string> values;
    for (const OrderedJson& value : json) values.push_back(value.dump());
    return values;
}

class SpecReader {
  public:
    SpecReader(const std::string& text, const std::string& path) : path_(path), json_(parse_object(text, path)) {}

    [[nodiscard]] SweepSpec read() const {
        check_keys();
        SweepSpec spec;
        spec.name = name();
        read_bases(spec);
        read_set(spec);
        spec.given = given();
        const OrderedJson grid = object("grid");
        for (const auto& [key, values] : grid.items()) {
            SweepAxis axis;
            const std::string where = fmt::format("{}: grid: {}", path_, key);
            extend(axis, key, values_from_json(values, where), where);
            axis.given.push_back(path_ + ": grid");
            spec.axes.push_back(std::move(axis));
        }
        SweepAxis zip;
        const OrderedJson together = object("zip");
        for (const auto& [key, values] : together.items()) {
            const std::string where = fmt::format("{}: zip: {}", path_, key);
            extend(zip, key, values_from_json(values, where), where);
            zip.given.push_back(path_ + ": zip");
        }
        if (!zip.keys.empty()) spec.axes.push_back(std::move(zip));
        return spec;
    }

  private:
    void check_keys() const {
        const std::vector<std::string> known{"name", "base", "set", "grid", "zip", "given"};
        for (const auto& [key, value] : json_.items()) {
            if (std::find(known.begin(), known.end(), key) != known.end()) continue;
            if (find_field(key) != nullptr || is_group(key)) {
                throw ConfigError(
                    fmt::format("{}: {} is a config's key, not a sweep's; give a config with --config, or "
                                "put its keys into the sweep's base, set or grid",
                                path_, key));
            }
            throw ConfigError(
                fmt::format("{}: unknown key \"{}\"; did you mean \"{}\"? A sweep has name, base, set, grid "
                            "and zip; a config's keys belong in base, set or grid",
                            path_, key, nearest(key, known)));
        }
    }

    [[nodiscard]] std::string name() const {
        if (!json_.contains("name")) return stem(path_);
        if (!json_["name"].is_string()) throw ConfigError(path_ + ": name: expected text, the name of a directory");
        auto name = json_["name"].get<std::string>();
        check_name(name, path_);
        return name;
    }

    [[nodiscard]] OrderedJson object(const char* key) const {
        if (!json_.contains(key)) return OrderedJson::object();
        if (!json_[key].is_object()) throw ConfigError(fmt::format("{}: {}: expected {{key: values}}", path_, key));
        return json_[key];
    }

    void read_set(SweepSpec& spec) const {
        const OrderedJson set = object("set");
        for (const auto& [key, value] : set.items()) {
            const std::string where = path_ + ": set";
            if (find_field(key) == nullptr && !is_group(key)) unknown_key(where, key);
            spec.set.push_back({key, value.dump(), where});
        }
    }

    /// The file and all that it says, but what it keeps of an earlier spec.
    [[nodiscard]] std::string given() const {
        OrderedJson contents = json_;
        contents.erase("given");
        return OrderedJson{{"spec", path_}, {"contents", contents}}.dump(-1, ' ', false,
                                                                         OrderedJson::error_handler_t::replace);
    }

    void read_bases(SweepSpec& spec) const {
        if (!json_.contains("base"))
            throw ConfigError(path_ + ": base is missing; expected a config or a list of them");
        const OrderedJson& base = json_["base"];
        if (!base.is_array()) return spec.bases.push_back(read_base(base, 1));
        if (base.empty()) throw ConfigError(path_ + ": base: an empty list; expected at least one config");
        if (base.size() > kMostPoints) {
            throw ConfigError(
                fmt::format("{}: base: {} configs; expected at most {}", path_, base.size(), kMostPoints));
        }
        for (const OrderedJson& one : base) spec.bases.push_back(read_base(one, spec.bases.size() + 1));
    }

    [[nodiscard]] SweepBase read_base(const OrderedJson& base, std::size_t number) const {
        if (base.is_string()) return base_from_file(base.get<std::string>());
        if (!base.is_object()) {
            throw ConfigError(path_ + ": base: expected a config's name, an object with its keys, or a list of these");
        }
        const bool named = base.contains("name") && base["name"].is_string();
        return {named ? base["name"].get<std::string>() : fmt::format("base{}", number),
                {fmt::format("{}: base {}", path_, number), base.dump()}};
    }

    std::string path_;
    OrderedJson json_;
};

}  // namespace

SweepSpec sweep_from_flags(const std::vector<std::string>& configs, const std::vector<std::string>& grid,
                           const std::vector<std::string>& zip) {
    if (configs.empty()) throw ConfigError("sweep: neither --config nor a spec is given; see bnrun sweep --help");
    SweepSpec spec;
    for (const std::string& config : configs) spec.bases.push_back(base_from_file(config));
    spec.name = parse_config(spec.bases.front().config.text, spec.bases.front().config.path, {}).config.name + "_sweep";
    spec.axes = axes_from_flags(grid, zip);
    OrderedJson given{{"config", configs}};
    if (!grid.empty()) given["grid"] = grid;
    if (!zip.empty()) given["zip"] = zip;
    spec.given = given.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    return spec;
}

std::vector<SweepAxis> axes_from_flags(const std::vector<std::string>& grid, const std::vector<std::string>& zip) {
    std::vector<SweepAxis> axes;
    for (const std::string& assignment : grid) extend_from_flag(axes.emplace_back(), "--grid", assignment);
    if (zip.empty()) return axes;
    SweepAxis& together = axes.emplace_back();
    for (const std::string& assignment : zip) extend_from_flag(together, "--zip", assignment);
    return axes;
}

SweepSpec read_sweep_spec(const std::string& path) {
    try {
        return parse_sweep_spec(read_file(path, kMostJson, Pipes::kRead), path);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

SweepSpec parse_sweep_spec(const std::string& text, const std::string& path) { return SpecReader(text, path).read(); }

}  // namespace bnrun
