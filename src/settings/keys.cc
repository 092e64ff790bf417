#include "settings/keys.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/nearest.h"
#include "base/printable.h"

namespace bnrun {
namespace {

/// Of fields and groups, each once, in the order of the fields.
std::vector<std::string> known_keys() {
    std::vector<std::string> keys;
    for (const Field& field : config_fields()) {
        keys.push_back(field.key);
        for (std::size_t dot = field.key.find('.'); dot != std::string::npos; dot = field.key.find('.', dot + 1)) {
            const std::string group = field.key.substr(0, dot);
            if (std::find(keys.begin(), keys.end(), group) == keys.end()) keys.push_back(group);
        }
    }
    return keys;
}

std::string last_part(const std::string& key) { return key.substr(key.rfind('.') + 1); }

/// How unlikely it is that a known key was meant: edits of the whole, or of the last part, which may be cut short.
/// At least the limit where it is no less.
std::size_t unlikeliness(const std::string& given, const std::string& known, std::size_t limit) {
    const std::string given_end = last_part(given);
    const std::string known_end = last_part(known);
    const bool begins = given_end.size() >= 3 && known_end.rfind(given_end, 0) == 0;
    return std::min(edit_distance(given, known, limit), 1 + (begins ? 0 : edit_distance(given_end, known_end, limit)));
}

/// The known key that was probably meant; empty where none is near.
std::string likely_key(const std::string& whole_key) {
    const std::string key = whole_key.substr(0, kLongestName);
    std::size_t least = std::max<std::size_t>(key.size() < 5 ? 1 : 2, key.size() / 3) + 1;
    std::string best;
    static const std::vector<std::string> all = known_keys();
    for (const std::string& known : all) {
        const std::size_t unlike = unlikeliness(key, known, least);
        if (unlike >= least) continue;
        least = unlike;
        best = known;
    }
    return best;
}

/// `{"train": {"l2": …}}`
std::string nested(const std::string& key) {
    const std::size_t dot = key.find('.');
    if (dot == std::string::npos) return fmt::format("{{\"{}\": …}}", key);
    return fmt::format("{{\"{}\": {}}}", key.substr(0, dot), nested(key.substr(dot + 1)));
}

constexpr const char* kAllKeys = "bnrun schema --markdown lists all keys";

}  // namespace

const Field* find_field(const std::string& key) {
    const auto& fields = config_fields();
    const auto found = std::find_if(fields.begin(), fields.end(), [&](const Field& f) { return f.key == key; });
    return found == fields.end() ? nullptr : &*found;
}

bool is_group(const std::string& key) {
    const auto& fields = config_fields();
    const std::string start = key + ".";
    return std::any_of(fields.begin(), fields.end(), [&](const Field& f) { return f.key.rfind(start, 0) == 0; });
}

void unknown_key(const std::string& where, const std::string& key) {
    const std::string likely = likely_key(key);
    const std::string hint = likely.empty() ? kAllKeys : fmt::format("did you mean \"{}\"?", likely);
    throw ConfigError(fmt::format("{}: unknown key \"{}\"; {}", where, first_characters(key, kMostOfGiven), hint));
}

void dotted_key(const std::string& where, const std::string& key) {
    const std::string likely = likely_key(key);
    const std::string hint = likely.empty() ? kAllKeys : fmt::format("did you mean {}?", nested(likely));
    throw ConfigError(fmt::format("{}: unknown key \"{}\": dots are for --set and a sweep's axes, objects nest; {}",
                                  where, first_characters(key, kMostOfGiven), hint));
}

}  // namespace bnrun
