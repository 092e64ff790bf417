#include "settings/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/input_file.h"
#include "base/json_text.h"
#include "base/nearest.h"
#include "base/paths.h"
#include "base/printable.h"
#include "settings/check.h"
#include "settings/fields.h"
#include "settings/keys.h"

namespace bnrun {

namespace {

/// What kIntervalPattern says.
bool is_interval(const std::string& text) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
    if (digits < 1 || digits > 9 || text.front() == '0') return false;
    const std::string unit = text.substr(digits);
    return unit == " epoch" || unit == " epochs" || unit == " iteration" || unit == " iterations";
}

constexpr std::size_t kMostOfValue = 80;
namespace fs = std::filesystem;

/// The value as JSON, cut where it is long.
std::string shown_json(const OrderedJson& value) {
    return first_characters(value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace), kMostOfValue);
}

/// Booleans for batch_norm, gamma and beta stand for objects.
void expand(OrderedJson& json) {
    if (!json.contains("model") || !json["model"].is_object() || !json["model"].contains("batch_norm")) return;
    OrderedJson& norm = json["model"]["batch_norm"];
    if (norm.is_boolean()) norm = {{"enabled", norm.get<bool>()}};
    if (!norm.is_object()) return;
    if (!norm.contains("enabled")) norm["enabled"] = true;
    for (const char* key : {"gamma", "beta"}) {
        if (norm.contains(key) && norm[key].is_boolean()) norm[key] = {{"learn", norm[key].get<bool>()}};
    }
}

bool says_whether_normalized(const OrderedJson& json) {
    return json.contains(OrderedJson::json_pointer("/model/batch_norm/enabled"));
}

void apply_override(OrderedJson& json, const Override& assignment, Origins& origins) {
    const auto& [key, text, where] = assignment;
    if (find_field(key) == nullptr && !is_group(key)) unknown_key(where, key);
    OrderedJson value = parse_value(text, where);
    if (value.is_discarded()) value = text;
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
    expand(json);
    origins.give(key, where);
    if (!said && says_whether_normalized(json)) origins.give("model.batch_norm.enabled", where);
}

bool is_whole(const OrderedJson& value) {
    if (value.is_number_unsigned()) return value.get<std::uint64_t>() <= INT64_MAX;
    if (value.is_number_integer()) return true;
    const double number = value.get<double>();
    return number == std::floor(number) && std::abs(number) < 0x1p63;
}

bool fits(const Field& field, const OrderedJson& value) {
    if (!value.is_number()) return false;
    const double number = value.get<double>();
    if (!std::isfinite(number)) return false;
    if (field.kind != FieldKind::kNumber && !is_whole(value)) return false;
    const bool low = field.above_minimum ? number > field.minimum : number >= field.minimum;
    const bool high = field.below_maximum ? number < field.maximum : number <= field.maximum;
    return low && high;
}

bool is_valid(const Field& field, const OrderedJson& value) {
    if (value.is_null()) return field.optional;
    switch (field.kind) {
        case FieldKind::kText:
            return value.is_string() && !value.get<std::string>().empty() && is_utf8(value.get<std::string>());
        case FieldKind::kBool: return value.is_boolean();
        case FieldKind::kChoice:
            return value.is_string() &&
                   std::count(field.choices.begin(), field.choices.end(), value.get<std::string>()) > 0;
        case FieldKind::kInterval:
            if (!value.is_string()) return value.is_number() && value == 0;
            return is_interval(value.get<std::string>());
        case FieldKind::kInteger:
        case FieldKind::kNumber: return fits(field, value);
        case FieldKind::kIntegers:
            return value.is_array() && !value.empty() && value.size() <= 1000 &&
                   std::all_of(value.begin(), value.end(), [&](const OrderedJson& v) { return fits(field, v); });
    }
    return false;
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
                throw ConfigError(fmt::format("{}: {}: {} is of the wrong type; expected {}", where(key), key,
                                              shown_json(value), group_expectation(key)));
            }
        }
    }

    [[nodiscard]] const std::set<std::string>& given() const { return given_; }

  private:
    [[nodiscard]] const std::string& where(const std::string& key) const { return config_.origins.of({key}); }

    static const char* group_expectation(const std::string& key) {
        const bool shorthand =
            key == "model.batch_norm" || key == "model.batch_norm.gamma" || key == "model.batch_norm.beta";
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

void put(OrderedJson& json, const std::string& key, OrderedJson value) {
    OrderedJson* at = &json;
    std::size_t start = 0;
    for (std::size_t dot = key.find('.'); dot != std::string::npos; start = dot + 1, dot = key.find('.', start)) {
        at = &(*at)[key.substr(start, dot - start)];
    }
    (*at)[key.substr(start)] = std::move(value);
}

std::string find_config(const std::string& name) {
    for (const std::string& path : {name, "configs/" + name, "configs/" + name + ".json"}) {
        if (file_exists(path)) return path;
    }
    const std::vector<std::string> names = config_names();
    const std::string stem = fs::path(name).stem().string();
    const std::string likely = nearest(stem, names);
    const bool is_near = !names.empty() && edit_distance(stem, likely) <= std::max<std::size_t>(2, stem.size() / 3);
    const std::string hint = is_near ? fmt::format("; did you mean \"{}\"?", likely) : "";
    throw ConfigError(fmt::format(
        "{}: no such config; looked for it as a path and in configs/, with and without .json{}", name, hint));
}

}  // namespace

std::vector<std::string> config_names() {
    std::vector<std::string> names;
    std::error_code ignored;
    for (const fs::path file : names_in("configs", ignored)) {
        if (file.extension() == ".json") names.push_back(file.stem().string());
    }
    std::sort(names.begin(), names.end());
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
    expand(json);
    parsed_ = std::make_shared<const Parsed>(Parsed{std::move(json)});
}

ParsedConfig ConfigText::with(const std::vector<Override>& overrides) const {
    OrderedJson json = parsed_->json;
    ParsedConfig parsed;
    parsed.config.name = fs::path(file_).stem().string();
    parsed.config.origins = Origins(file_);
    for (const Override& assignment : overrides) apply_override(json, assignment, parsed.config.origins);
    Reader reader(parsed.config);
    reader.read(json, "");
    check_config(parsed.config, reader.given());
    parsed.warnings = keys_without_effect(parsed.config, reader.given());
    return parsed;
}

ParsedConfig parse_config(const std::string& text, const std::string& file, const std::vector<Override>& overrides) {
    return ConfigText(text, file).with(overrides);
}

ConfigFile read_config_file(const std::string& name) {
    try {
        const std::string path = find_config(name);
        return {path, read_file(path, kMostJson, Pipes::kRead)};
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
        if (field.get(a) != field.get(b)) return field.key;
    }
    return "";
}

std::string config_text(const Config& config) {
    OrderedJson json = OrderedJson::object();
    for (const Field& field : config_fields()) {
        if (field.in_use(config) || !field.exclusive) put(json, field.key, field.get(config));
    }
    return json.dump(2) + "\n";
}

}  // namespace bnrun
