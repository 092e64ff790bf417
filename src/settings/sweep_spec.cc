#include "settings/sweep_spec.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>

#include "base/error.h"
#include "base/input_file.h"
#include "base/json_text.h"
#include "base/nearest.h"
#include "settings/check.h"
#include "settings/keys.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

namespace fs = std::filesystem;

std::string stem(const std::string& path) { return fs::path(path).stem().string(); }

SweepBase base_from_file(const std::string& name) {
    const ConfigFile file = read_config_file(name);
    return {stem(file.path), file};
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
        read_grids(spec);
        read_zip(spec);
        if (json_.contains("random")) read_random(spec);
        return spec;
    }

  private:
    void check_keys() const {
        const std::vector<std::string> known{"name", "base", "set", "grid", "zip", "random", "given"};
        for (const auto& [key, value] : json_.items()) {
            if (std::find(known.begin(), known.end(), key) != known.end()) continue;
            if (find_field(key) != nullptr || is_group(key)) {
                throw ConfigError(
                    fmt::format("{}: {} is a config's key, not a sweep's; give a config with --config, or "
                                "put its keys into the sweep's base, set or grid",
                                path_, key));
            }
            throw ConfigError(
                fmt::format("{}: unknown key \"{}\"; did you mean \"{}\"? A sweep has name, base, set, grid, "
                            "zip and random; a config's keys belong in base, set or grid",
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

    void read_grids(SweepSpec& spec) const {
        if (!json_.contains("grid") || !json_["grid"].is_array()) return add_grid(object("grid"), spec.grids.front());
        const OrderedJson& grids = json_["grid"];
        if (grids.empty()) throw ConfigError(path_ + ": grid: an empty list; expected at least one {key: values}");
        spec.grids.clear();
        for (const OrderedJson& grid : grids) {
            if (!grid.is_object()) throw ConfigError(path_ + ": grid: expected {key: values}, or a list of such");
            add_grid(grid, spec.grids.emplace_back());
        }
    }

    void add_grid(const OrderedJson& grid, std::vector<SweepAxis>& axes) const {
        for (const auto& [key, values] : grid.items()) {
            SweepAxis& axis = axes.emplace_back();
            const std::string where = fmt::format("{}: grid: {}", path_, key);
            extend(axis, key, axis_values(values, where), where);
            axis.given.push_back(path_ + ": grid");
        }
    }

    void read_zip(SweepSpec& spec) const {
        SweepAxis zip;
        const OrderedJson together = object("zip");
        for (const auto& [key, values] : together.items()) {
            const std::string where = fmt::format("{}: zip: {}", path_, key);
            extend(zip, key, axis_values(values, where), where);
            zip.given.push_back(path_ + ": zip");
        }
        if (zip.keys.empty()) return;
        for (std::vector<SweepAxis>& grid : spec.grids) grid.push_back(zip);
    }

    void read_random(SweepSpec& spec) const {
        const OrderedJson random = object("random");
        const std::string where = path_ + ": random";
        for (const auto& [key, value] : random.items()) {
            if (key == "n" || key == "seed" || key == "keys") continue;
            throw ConfigError(fmt::format("{}: unknown key \"{}\"; expected n, seed and keys", where, key));
        }
        spec.random.count = whole_in(random, "n", 1, static_cast<std::int64_t>(kMostPoints), where);
        if (random.contains("seed")) spec.random.seed = whole_in(random, "seed", 0, INT64_MAX, where);
        if (!random.contains("keys") || !random["keys"].is_object() || random["keys"].empty()) {
            throw ConfigError(where +
                              ": keys: expected {key: a range or a list}, such as {\"train.l2\": {\"low\": 1e-6, "
                              "\"high\": 1e-2, \"scale\": \"log\"}}");
        }
        for (const auto& [key, value] : random["keys"].items()) {
            if (find_field(key) == nullptr && !is_group(key)) unknown_key(where, key);
            DrawnKey drawn = drawn_key(key, value, fmt::format("{}: {}", where, key));
            drawn.given = where;
            spec.random.keys.push_back(std::move(drawn));
        }
    }

    static std::int64_t whole_in(const OrderedJson& random, const char* key, std::int64_t least, std::int64_t most,
                                 const std::string& where) {
        const OrderedJson value = random.value(key, OrderedJson(nullptr));
        const bool fits =
            value.is_number_integer() && (!value.is_number_unsigned() || value.get<std::uint64_t>() <= INT64_MAX);
        if (fits && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most) {
            return value.get<std::int64_t>();
        }
        throw ConfigError(fmt::format("{}: {}: expected a whole number from {} to {}", where, key, least, most));
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

RandomSearch random_from_flags(const SweepFlags& flags) {
    if (flags.random.empty() != (flags.draws == 0)) {
        throw ConfigError("--random KEY=RANGE and --draws N belong together; give both");
    }
    RandomSearch random{flags.draws, flags.draw_seed, {}};
    for (const std::string& text : flags.random) {
        const FlagAssignment assignment = flag_assignment("--random", text);
        if (find_field(assignment.key) == nullptr && !is_group(assignment.key)) {
            unknown_key(assignment.where, assignment.key);
        }
        random.keys.push_back(drawn_from_text(assignment.key, assignment.values, assignment.where));
    }
    return random;
}

std::string given_by_flags(const SweepFlags& flags) {
    OrderedJson given{{"config", flags.configs}};
    if (!flags.grid.empty()) given["grid"] = flags.grid;
    if (!flags.zip.empty()) given["zip"] = flags.zip;
    if (!flags.labels.empty()) given["labels"] = flags.labels;
    if (!flags.random.empty()) given.update({{"random", flags.random}, {"draws", flags.draws}});
    return given.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
}

}  // namespace

SweepSpec sweep_from_flags(const SweepFlags& flags) {
    if (flags.configs.empty()) {
        throw ConfigError("sweep: neither --config nor a spec is given; see bnrun sweep --help");
    }
    SweepSpec spec;
    for (const std::string& config : flags.configs) spec.bases.push_back(base_from_file(config));
    spec.name = parse_config(spec.bases.front().config.text, spec.bases.front().config.path, {}).config.name + "_sweep";
    spec.grids = {axes_from_flags(flags.grid, flags.zip)};
    add_labels(spec.grids.front(), flags.labels);
    spec.random = random_from_flags(flags);
    spec.given = given_by_flags(flags);
    return spec;
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
