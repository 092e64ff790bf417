#include "io/config_keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/nearest.h"

namespace bnrun {
namespace {

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

std::string last_part(const std::string& key) { return key.substr(key.rfind('.') + 1); }

/// How unlikely it is that a known key was meant: edits of the whole, or of the last part, which may be cut short.
std::size_t unlikeliness(const std::string& given, const std::string& known) {
    const std::string given_end = last_part(given);
    const std::string known_end = last_part(known);
    const bool begins = given_end.size() >= 3 && known_end.rfind(given_end, 0) == 0;
    return std::min(edit_distance(given, known), 1 + (begins ? 0 : edit_distance(given_end, known_end)));
}

/// `; did you mean "…"?`, or a way to find out where nothing is near.
std::string suggestion(const std::string& whole_key) {
    const std::string key = whole_key.substr(0, kLongestName);
    std::size_t least = std::max<std::size_t>(key.size() < 5 ? 1 : 2, key.size() / 3) + 1;
    std::string best;
    for (const std::string& known : known_keys()) {
        const std::size_t unlike = unlikeliness(key, known);
        if (unlike >= least) continue;
        least = unlike;
        best = known;
    }
    if (best.empty()) return "; bnrun schema --markdown lists all keys";
    return fmt::format("; did you mean \"{}\"?", best);
}

}  // namespace

const Field* find_field(const std::string& key) {
    const auto& fields = config_fields();
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

bool is_group(const std::string& key) {
    const auto& fields = config_fields();
    return std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.key.rfind(key + ".", 0) == 0; });
}

void unknown_key(const std::string& where, const std::string& key) {
    throw ConfigError(fmt::format("{}: unknown key \"{}\"{}", where, key, suggestion(key)));
}

}  // namespace bnrun
