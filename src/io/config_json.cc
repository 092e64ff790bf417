#include "io/config_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <set>

#include "base/error.h"
#include "base/nearest.h"
#include "io/config_fields.h"
#include "io/run_directory.h"

namespace bnrun {

namespace {

constexpr int kMostNesting = 16;
constexpr std::size_t kMostShown = 80;
namespace fs = std::filesystem;

const Field* find_field(const std::string& key) {
    const auto& fields = config_fields();
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

bool is_group(const std::string& key) {
    const auto& fields = config_fields();
    return std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.key.rfind(key + ".", 0) == 0; });
}

std::vector<std::string> known_keys() {
    std::vector<std::string> keys;
    for (const Field& field : config_fields()) {
        keys.push_back(field.key);
        for (std::size_t dot = field.key.find('.'); dot != std::string::npos; dot = field.key.find('.', dot + 1)) {
            keys.push_back(field.key.substr(0, dot));
        }
    }
    return keys;
}

[[noreturn]] void unknown_key(const std::string& where, const std::string& key) {
    throw ConfigError(
        fmt::format("{}: unknown key \"{}\"; did you mean \"{}\"?", where, key, nearest(key, known_keys())));
}

/// Line and column, from 1, of a byte of the text.
std::string position(const std::string& text, std::size_t byte) {
    const std::size_t end = std::min(byte == 0 ? 0 : byte - 1, text.size());
    const auto line = std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end), '\n') + 1;
    const std::size_t start = end == 0 ? std::string::npos : text.rfind('\n', end - 1);
    const std::size_t column = start == std::string::npos ? end + 1 : end - start;
    return fmt::format("{}:{}", line, column);
}

std::string one_line(std::string text) {
    std::replace(text.begin(), text.end(), '\n', ' ');
    const std::size_t start = text.find(": ", text.find("column"));
    return start == std::string::npos ? text : text.substr(start + 2);
}

OrderedJson parse_json(const std::string& text, const std::string& file) {
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) {
        throw ConfigError(fmt::format("{}: the file is empty; expected a JSON object, {{}} for all defaults", file));
    }
    std::vector<std::set<std::string>> seen(kMostNesting + 1);
    std::vector<std::string> path(kMostNesting + 1);
    const auto callback = [&](int depth, OrderedJson::parse_event_t event, OrderedJson& value) {
        using Event = OrderedJson::parse_event_t;
        if (depth >= kMostNesting)
            throw ConfigError(fmt::format("{}: nested deeper than {} levels; no key needs that", file, kMostNesting));
        const auto level = static_cast<std::size_t>(depth);
        if (event == Event::object_start) seen[level + 1].clear();
        if (event == Event::key) {
            path[level] = value.get<std::string>();
            if (!seen[level].insert(path[level]).second) {
                std::string key;
                for (std::size_t l = 1; l <= level; ++l) key += (key.empty() ? "" : ".") + path[l];
                throw ConfigError(fmt::format("{}: duplicate key \"{}\"; remove one of the two", file, key));
            }
        }
        return true;
    };
    try {
        OrderedJson json = OrderedJson::parse(text, callback, true, true);
        if (!json.is_object()) throw ConfigError(fmt::format("{}: expected a JSON object {{…}} at the top", file));
        return json;
    } catch (const OrderedJson::parse_error& error) {
        throw ConfigError(
            fmt::format("{}:{}: not valid JSON: {}", file, position(text, error.byte), one_line(error.what())));
    } catch (const OrderedJson::out_of_range& error) {
        const std::string what = error.what();
        throw ConfigError(
            fmt::format("{}: not valid JSON: {}; expected at most 1.8e308", file, what.substr(what.find("] ") + 2)));
    }
}

/// The value as JSON, cut where it is long.
std::string shown(const OrderedJson& value) {
    std::string text = value.dump(-1, ' ', false, OrderedJson::error_handler_t::replace);
    return text.size() <= kMostShown ? text : text.substr(0, kMostShown) + "…";
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

void apply_override(OrderedJson& json, const Override& assignment) {
    const auto& [key, text] = assignment;
    const std::string where = fmt::format("--set {}={}", key, text);
    if (find_field(key) == nullptr && !is_group(key)) unknown_key(where, key);
    OrderedJson value = OrderedJson::parse(text, nullptr, false);
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
    (*at)[key.substr(start)] = value;
    expand(json);
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
        case FieldKind::kText: return value.is_string() && !value.get<std::string>().empty();
        case FieldKind::kBool: return value.is_boolean();
        case FieldKind::kChoice:
            return value.is_string() &&
                   std::count(field.choices.begin(), field.choices.end(), value.get<std::string>()) > 0;
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
    Reader(const std::string& file, Config& config) : file_(file), config_(config) {}

    void read(const OrderedJson& object, const std::string& prefix) {
        for (const auto& [name, value] : object.items()) {
            const std::string key = prefix.empty() ? name : fmt::format("{}.{}", prefix, name);
            if (const Field* field = find_field(key)) {
                take(*field, value);
            } else if (!is_group(key)) {
                unknown_key(file_, key);
            } else if (value.is_object()) {
                read(value, key);
            } else {
                throw ConfigError(fmt::format("{}: {}: {} is of the wrong type; expected {}", file_, key, shown(value),
                                              group_expectation(key)));
            }
        }
    }

    [[nodiscard]] bool given(const std::string& key) const { return given_.count(key) != 0; }

  private:
    static const char* group_expectation(const std::string& key) {
        const bool shorthand =
            key == "model.batch_norm" || key == "model.batch_norm.gamma" || key == "model.batch_norm.beta";
        return shorthand ? "true, false or an object" : "an object";
    }

    void take(const Field& field, const OrderedJson& value) {
        if (!is_valid(field, value)) {
            throw ConfigError(fmt::format("{}: {}: {} is not allowed; expected {}", file_, field.key, shown(value),
                                          expectation(field)));
        }
        if (value.is_null()) return;  // none, or the default
        given_.insert(field.key);
        field.set(config_, value);
    }

    const std::string& file_;
    Config& config_;
    std::set<std::string> given_;
};

void check_name(const std::string& name, const std::string& file) {
    const bool control = std::any_of(name.begin(), name.end(), [](unsigned char c) { return c < 32 || c == 127; });
    if (!name.empty() && name != "." && name != ".." && name.size() <= 200 && name.find('/') == std::string::npos &&
        !control)
        return;
    throw ConfigError(fmt::format(
        "{}: name: not allowed; expected a file name of at most 200 bytes without / or control characters", file));
}

void check_combinations(const Config& config, const Reader& reader, const std::string& file) {
    for (const char* key : {"model.depth", "model.width"}) {
        if (config.model.hidden.empty() || !reader.given(key)) continue;
        throw ConfigError(
            fmt::format("{}: model.hidden and {} are both given; remove one of them (--set {}=null)", file, key, key));
    }
    if (config.model.batch_norm.enabled && config.train.batch_size < 2) {
        throw ConfigError(
            fmt::format("{}: train.batch_size: 1 is not allowed with batch normalization; expected at least 2", file));
    }
    const bool gaussian = config.model.init.scheme == InitScheme::kGaussian && !config.model.init.from;
    if (gaussian && !config.model.init.std) {
        throw ConfigError(fmt::format("{}: model.init.std: missing; scheme gaussian needs a number above 0", file));
    }
    if (config.model.init.std && config.model.init.scheme != InitScheme::kGaussian) {
        throw ConfigError(fmt::format(
            "{}: model.init.std: has no meaning without scheme gaussian; remove it (--set model.init.std=null)", file));
    }
}

std::vector<std::string> dormant_keys(const Config& config, const Reader& reader) {
    std::vector<std::string> warnings;
    const Config defaults;
    for (const Field& field : config_fields()) {
        const bool synthetic_dir = field.key == "data.dir" && config.data.source == Source::kSynthetic;
        if (!reader.given(field.key) || (field.in_use(config) && !synthetic_dir) ||
            field.get(config) == field.get(defaults))
            continue;
        warnings.push_back(fmt::format("{} has no effect with the other settings", field.key));
    }
    return warnings;
}

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
        if (fs::is_regular_file(path) || (fs::exists(path) && !fs::is_directory(path))) return path;
    }
    std::vector<std::string> names;
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator("configs", ignored)) {
        if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
    }
    std::sort(names.begin(), names.end());
    const std::string hint =
        names.empty() ? "" : fmt::format("; did you mean \"{}\"?", nearest(fs::path(name).stem().string(), names));
    throw ConfigError(fmt::format(
        "{}: no such config; looked for it as a path and in configs/, with and without .json{}", name, hint));
}

}  // namespace

ParsedConfig parse_config(const std::string& text, const std::string& file, const std::vector<Override>& overrides) {
    OrderedJson json = parse_json(text, file);
    expand(json);
    for (const Override& assignment : overrides) apply_override(json, assignment);
    ParsedConfig parsed;
    parsed.config.name = fs::path(file).stem().string();
    Reader reader(file, parsed.config);
    reader.read(json, "");
    check_name(parsed.config.name, file);
    check_combinations(parsed.config, reader, file);
    parsed.warnings = dormant_keys(parsed.config, reader);
    return parsed;
}

ParsedConfig read_config(const std::string& name, const std::vector<Override>& overrides) {
    const std::string path = find_config(name);
    std::string text;
    try {
        text = read_whole(path);
    } catch (const DataError& error) {
        throw ConfigError(error.what());
    }
    return parse_config(text, path, overrides);
}

std::string config_text(const Config& config) {
    OrderedJson json = OrderedJson::object();
    for (const Field& field : config_fields()) {
        if (field.in_use(config)) put(json, field.key, field.get(config));
    }
    return json.dump(2) + "\n";
}

}  // namespace bnrun
