#include "settings/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/input_file.h"
#include "base/json_text.h"
#include "base/paths.h"
#include "base/printable.h"
#include "settings/builtin_configs.h"
#include "settings/check.h"
#include "settings/data_fields.h"
#include "settings/fields.h"
#include "settings/keys.h"
#include "settings/layer_keys.h"
#include "settings/schedule_keys.h"
#include "settings/shorthands.h"
#include "settings/values.h"

namespace bnrun {

namespace {

namespace fs = std::filesystem;

bool says_whether_normalized(const OrderedJson& json) {
    return json.contains(OrderedJson::json_pointer("/model/batch_norm/enabled"));
}

void apply_override(OrderedJson& json, const Override& assignment, Origins& origins) {
    const auto& [key, text, where] = assignment;
    if (find_field(key) == nullptr && !is_group(key)) unknown_key(where, key);
    OrderedJson value = parse_value(text, where);
    if (value.is_discarded()) value = text;
    make_way(json, key);
    OrderedJson* at = &json;
    std::size_t start = 0;
    for (std::size_t dot = key.find('.'); dot != std::string::npos; start = dot + 1, dot = key.find('.', start)) {
        OrderedJson& next = (*at)[key.substr(start, dot - start)];
        if (!next.is_object()) {
            if (!next.is_null())
                throw ConfigError(fmt::format("{}: \"{}\" is not an object in the config; remove it there", where,
                                              key.substr(0, dot)));
            next = OrderedJson::object();
        }
        at = &next;
    }
    const bool said = says_whether_normalized(json);
    (*at)[key.substr(start)] = value;
    expand(json, where);
    origins.give(key, where);
    if (is_in_group(key, "model.normalization")) origins.give("model.batch_norm", where);
    if (!said && says_whether_normalized(json)) origins.give("model.batch_norm.enabled", where);
}

/// Each of two ways to write something may take the other's place in a file, but not in one command.
void check_one_way(const std::vector<Override>& overrides, const std::string& one, const std::string& other) {
    const auto given_in = [&](const std::string& group) {
        return std::find_if(overrides.begin(), overrides.end(),
                            [&](const Override& assignment) { return is_in_group(assignment.key, group); });
    };
    const auto first = given_in(one);
    const auto second = given_in(other);
    if (first == overrides.end() || second == overrides.end()) return;
    throw ConfigError(
        fmt::format("{}: {} and {} are both given; remove one of them", std::max(first, second)->given, one, other));
}

void complete_normalization(Config& config, const std::set<std::string>& given) {
    const std::string group = "model.normalization.";
    std::set<std::string> names;
    for (const std::string& key : given) {
        if (key.rfind(group, 0) == 0) names.insert(key.substr(group.size()));
    }
    if (!names.empty()) complete(config.model.normalization, names);
}

class Reader {
  public:
    explicit Reader(Config& config) : config_(config) {}

    void read(const OrderedJson& object, const std::string& prefix) {
        for (const auto& [name, value] : object.items()) {
            const std::string key = prefix.empty() ? name : fmt::format("{}.{}", prefix, name);
            if (name.find('.') != std::string::npos) dotted_key(where(prefix), key);
            if (const Field* field = find_field(key)) {
                take(*field, value);
            } else if (!is_group(key)) {
                unknown_key(where(prefix), key);
            } else if (value.is_object()) {
                read(value, key);
            } else {
                throw ConfigError(fmt::format("{}: {}: {} is of the wrong type; expected {}{}", where(key), key,
                                              shown_json(value), group_expectation(key), group_hint(key, value)));
            }
        }
    }

    [[nodiscard]] const std::set<std::string>& given() const { return given_; }

  private:
    [[nodiscard]] const std::string& where(const std::string& key) const { return config_.origins.of({key}); }

    static const char* group_expectation(const std::string& key) {
        if (key == "model.normalization") return "a kind or an object";
        if (key == kScheduleKey) return kScheduleExpectation;
        const bool shorthand = key == "model.batch_norm" || key.ends_with(".gamma") || key.ends_with(".beta");
        return shorthand ? "true, false or an object" : "an object";
    }

    void take(const Field& field, const OrderedJson& value) {
        if (!is_valid(field, value)) {
            throw ConfigError(fmt::format("{}: {}: {} is not allowed; expected {}", where(field.key), field.key,
                                          shown_json(value), expectation(field)));
        }
        if (value.is_null()) return;  // none, or the default
        given_.insert(field.key);
        field.set(config_, value);
    }

    Config& config_;
    std::set<std::string> given_;
};

/// @param is_certain whether what cannot be told, as in a directory that may not be searched, is an error.
bool is_config_file(const std::string& path, bool is_certain) {
    try {
        return file_exists(path);
    } catch (const DataError&) {
        if (is_certain) throw;
        return false;
    }
}

ConfigFile find_config(const std::string& name) {
    const BuiltinConfig* const builtin = find_builtin_config(name);
    for (const std::string& path : {name, "configs/" + name, "configs/" + name + ".json"}) {
        if (is_config_file(path, builtin == nullptr)) return {path, read_file(path, kMostJson, Pipes::kRead)};
    }
    if (builtin != nullptr) return {fmt::format("built-in configs/{}.json", builtin->name), std::string(builtin->text)};
    throw ConfigError(fmt::format(
        "{}: no such config; looked for it as a path, in configs/ and among those that bnrun configs lists, "
        "with and without .json{}",
        name, config_suggestion(fs::path(name).stem().string(), config_names())));
}

}  // namespace

std::vector<std::string> config_names() {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const fs::path file : names_in("configs", ignored)) {
        if (file.extension() == ".json") names.push_back(file.stem().string());
    }
    for (const BuiltinConfig& config : builtin_configs()) names.emplace_back(config.name);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

std::vector<Override> data_override(const std::optional<std::string>& directory) {
    if (!directory) return {};
    const std::string text = is_utf8(*directory) ? OrderedJson(*directory).dump() : *directory;
    return {{"data.dir", text, "--data " + *directory}};
}

struct ConfigText::Parsed {
    OrderedJson json;
};

ConfigText::ConfigText(const std::string& text, const std::string& file) : file_(file) {
    OrderedJson json = parse_object(text, file);
    expand(json, file);
    parsed_ = std::make_shared<const Parsed>(Parsed{std::move(json)});
}

ParsedConfig ConfigText::with(const std::vector<Override>& overrides) const {
    OrderedJson json = parsed_->json;
    ParsedConfig parsed;
    parsed.config.name = fs::path(file_).stem().string();
    parsed.config.origins = Origins(file_);
    check_one_way(overrides, "model.batch_norm", "model.normalization");
    check_one_way(overrides, "log.every", "log.at");
    for (const Override& assignment : overrides) apply_override(json, assignment, parsed.config.origins);
    Reader reader(parsed.config);
    reader.read(json, "");
    complete_normalization(parsed.config, reader.given());
    check_config(parsed.config, reader.given());
    parsed.warnings = keys_without_effect(parsed.config, reader.given());
    return parsed;
}

ParsedConfig parse_config(const std::string& text, const std::string& file, const std::vector<Override>& overrides) {
    return ConfigText(text, file).with(overrides);
}

ConfigFile read_config_file(const std::string& name) {
    try {
        return find_config(name);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
}

ParsedConfig read_config(const std::string& name, const std::vector<Override>& overrides) {
    const ConfigFile file = read_config_file(name);
    return parse_config(file.text, file.path, overrides);
}

std::string differing_key(const Config& a, const Config& b) {
    for (const Field& field : config_fields()) {
        if (field.key != kAbsoluteDirKey && field.get(a) != field.get(b)) return field.key;
    }
    return "";
}

std::string config_text(const Config& config) {
    OrderedJson json = OrderedJson::object();
    for (const Field& field : config_fields()) {
        if (field.is_written(config)) put(json, field.key, field.get(config));
    }
    return json.dump(2) + "\n";
}

}  // namespace bnrun
