#include "settings/keys.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "base/error.h"
#include "base/nearest.h"
#include "base/printable.h"
#include "settings/values.h"

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

std::string group_of(const std::string& key) {
    const std::size_t dot = key.rfind('.');
    return dot == std::string::npos ? "" : key.substr(0, dot);
}

/// `lr` for `learning_rate`.
std::string initials(const std::string& words) {
    std::string letters;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i == 0 || words[i - 1] == '_') letters += words[i];
    }
    return letters;
}

/// What other programs call one of our keys.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kSynonyms{
    {{"weight_decay", "train.l2"}, {"wd", "train.l2"}, {"units", "model.width"}}};

bool is_synonym(const std::string& given, const std::string& known) {
    return std::any_of(kSynonyms.begin(), kSynonyms.end(),
                       [&](const auto& synonym) { return synonym.first == given && synonym.second == known; });
}

/// Whether a name is short for the other one: its initials, its beginning, or the words it ends in.
bool is_short_for(const std::string& given, const std::string& known) {
    return (given.size() >= 2 && given == initials(known)) ||
           (given.size() >= 3 && (known.starts_with(given) || known.ends_with("_" + given)));
}

/// How unlikely it is that the last part of a known key was meant; none where the two are too far apart.
std::optional<std::size_t> unlikeliness_of_name(const std::string& given, const std::string& known) {
    if (given == known) return 0;
    if (is_short_for(given, known)) return 1;
    const std::size_t most = given.size() < 5 ? 1 : std::max<std::size_t>(2, given.size() / 3);
    const std::size_t edits = edit_distance(given, known, most + 1);
    if (edits > most) return std::nullopt;
    return 2 * edits;
}

/// The same of what stands before the last part: it may be left out, cut short or misspelt.
std::size_t unlikeliness_of_group(const std::string& given, const std::string& known) {
    if (given == known) return 0;
    const bool is_part = given.empty() || known.starts_with(given + ".") || known.ends_with("." + given);
    return is_part || given.starts_with(known + ".") || edit_distance(given, known, 3) < 3 ? 1 : 3;
}

/// The known key that was probably meant; empty where none is near.
std::string likely_key(const std::string& whole_key) {
    const std::string key = whole_key.substr(0, kLongestName);
    std::size_t least = std::string::npos;
    std::string best;
    static const std::vector<std::string> all = known_keys();
    for (const std::string& known : all) {
        const bool means = is_synonym(last_part(key), known);
        const auto of_name =
            means ? std::optional<std::size_t>(0) : unlikeliness_of_name(last_part(key), last_part(known));
        if (!of_name) continue;
        const std::size_t unlike = *of_name + unlikeliness_of_group(group_of(key), group_of(known));
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

std::string group_hint(const std::string& group, const OrderedJson& value) {
    const Field* first = nullptr;
    const Field* fitting = nullptr;
    for (const Field& field : config_fields()) {
        if (field.kind != FieldKind::kChoice || group_of(field.key) != group) continue;
        if (first == nullptr) first = &field;
        if (fitting == nullptr && is_valid(field, value)) fitting = &field;
    }
    if (fitting != nullptr)
        return fmt::format("; did you mean {}={}? It is {}", fitting->key, value.get<std::string>(),
                           expectation(*fitting));
    return first == nullptr ? "" : fmt::format(" with keys such as {}, {}", first->key, expectation(*first));
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
