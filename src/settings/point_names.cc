#include "settings/point_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <set>
#include <unordered_map>

#include "base/json_text.h"
#include "base/sha256.h"

namespace bnrun {
namespace {

constexpr std::size_t kHashDigits = 8;

std::string in_format(double value, std::chars_format format) {
    std::array<char, 400> text{};
    const auto result = std::to_chars(text.data(), text.data() + text.size(), value, format);
    return {text.data(), result.ptr};
}

/// `1e-05` as `1e-5`, `1e+06` as `1e6`.
std::string scientific(double value) {
    std::string text = in_format(value, std::chars_format::scientific);
    const std::size_t e = text.find('e');  // which every finite number has, and no other is JSON
    const std::size_t digits = text.find_first_not_of("+-0", e + 1);
    const std::string sign = text[e + 1] == '-' ? "-" : "";
    return text.substr(0, e + 1) + (digits == std::string::npos ? "0" : sign + text.substr(digits));
}

std::string number_text(double value) {
    const std::string fixed = in_format(value, std::chars_format::fixed);
    const std::string exponent = scientific(value);
    return exponent.size() < fixed.size() ? exponent : fixed;
}

std::string readable(const OrderedJson& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_float()) return number_text(value.get<double>());
    if (!value.is_array()) return value.dump();
    std::string text;
    for (const OrderedJson& item : value) text += (text.empty() ? "" : "-") + readable(item);
    return text;
}

std::string last_parts(const std::string& key, std::size_t parts) {
    std::size_t dot = key.size();
    for (std::size_t i = 0; i < parts; ++i) {
        dot = key.rfind('.', dot - 1);
        if (dot == std::string::npos) return key;
    }
    return key.substr(dot + 1);
}

std::size_t count_parts(const std::string& key) {
    return static_cast<std::size_t>(std::count(key.begin(), key.end(), '.')) + 1;
}

}  // namespace

std::vector<std::string> short_keys(const std::vector<std::string>& keys) {
    std::unordered_map<std::string, std::size_t> sharing;  // of an end of keys: how many have it
    for (const std::string& key : std::set<std::string>(keys.begin(), keys.end())) {
        for (std::size_t parts = 1; parts <= count_parts(key); ++parts) ++sharing[last_parts(key, parts)];
    }
    std::vector<std::string> names;
    for (const std::string& key : keys) {
        std::size_t parts = 1;
        while (parts < count_parts(key) && sharing[last_parts(key, parts)] > 1) ++parts;
        names.push_back(last_parts(key, parts));
    }
    return names;
}

std::string value_text(const std::string& json) { return readable(parse_value(json, json)); }

std::string point_name(const std::vector<std::string>& labels, const std::vector<std::string>& values) {
    std::string name;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        name += (name.empty() ? "" : ",") + labels[i] + "=" + values[i];
    }
    const std::string whole = name;
    for (char& c : name) {
        const bool safe =
            std::isalnum(static_cast<unsigned char>(c)) != 0 || std::string(".-+_=,").find(c) != std::string::npos;
        if (!safe) c = '_';
    }
    if (name.size() <= kLongestPointName) return name;
    return name.substr(0, kLongestPointName - kHashDigits - 1) + "_" + sha256_text(whole).substr(0, kHashDigits);
}

}  // namespace bnrun
