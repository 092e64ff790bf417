#include "cli/complete.h"

#include <algorithm>

#include "settings/builtin_configs.h"
#include "settings/json.h"
#include "settings/key_choices.h"

namespace bnrun {
namespace {

/// Collects what begins as the word typed does.
class Typed {
  public:
    explicit Typed(std::string word) : word_(std::move(word)) {}

    /// @param before what of the word is kept as it is.
    void offer(const std::string& before, const std::string& rest, const std::string& description) {
        std::string whole = before + rest;
        if (whole.starts_with(word_)) offers_.candidates.push_back({std::move(whole), description});
    }
    void offer_paths(Paths paths, const std::string& before) {
        offers_.paths = paths;
        offers_.before_path = before;
    }
    [[nodiscard]] const std::string& word() const { return word_; }
    Offers take() { return std::move(offers_); }

  private:
    std::string word_;
    Offers offers_;
};

const CommandOutline* find_command(const Outline& outline, const std::string& name) {
    const auto found = std::find_if(outline.begin() + 1, outline.end(),
                                    [&](const CommandOutline& command) { return command.name == name; });
    return found == outline.end() ? nullptr : &*found;
}

const OptionOutline* find_option(const CommandOutline& command, const std::string& flag) {
    for (const OptionOutline& option : command.options) {
        if (std::find(option.flags.begin(), option.flags.end(), flag) != option.flags.end()) return &option;
    }
    return nullptr;
}

const OptionOutline* find_argument(const CommandOutline& command) {
    const auto found = std::find_if(command.options.begin(), command.options.end(),
                                    [](const OptionOutline& option) { return option.flags.empty(); });
    return found == command.options.end() ? nullptr : &*found;
}

/// The last of a list of values, or the key before any.
void offer_settings(const std::string& before, Typed& typed) {
    const std::string value = typed.word().substr(before.size());
    const std::size_t equals = value.find('=');
    for (const ConfigKey& key : config_keys()) {
        if (equals == std::string::npos) typed.offer(before, key.key + "=", key.description);
        if (value.substr(0, equals) != key.key) continue;
        const std::string given = before + value.substr(0, value.find_last_of("=,") + 1);
        for (const std::string& choice : key.values) typed.offer(given, choice, key.description);
    }
}

void offer_configs(const std::string& before, Typed& typed) {
    for (const std::string& name : config_names()) typed.offer(before, name + ".json", "");
}

void offer_builtin_configs(const std::string& before, Typed& typed) {
    for (const BuiltinConfig& config : builtin_configs()) {
        typed.offer(before, std::string(config.name), std::string(description_of(config)));
    }
}

/// @param before the part of the word that is no value: `--set=`.
void offer_values(const OptionOutline& option, const std::string& before, Typed& typed) {
    switch (option.takes) {
        case Takes::kNothing:
        case Takes::kAnything: return;
        case Takes::kChoice:
            for (const std::string& choice : option.choices) typed.offer(before, choice, "");
            return;
        case Takes::kConfig: offer_configs(before, typed); return typed.offer_paths(Paths::kAny, before);
        case Takes::kBuiltinConfig: return offer_builtin_configs(before, typed);
        case Takes::kSetting: return offer_settings(before, typed);
        case Takes::kFile: return typed.offer_paths(Paths::kAny, before);
        case Takes::kDirectory: return typed.offer_paths(Paths::kDirectories, before);
    }
}

void offer_flags(const CommandOutline& command, Typed& typed) {
    for (const OptionOutline& option : command.options) {
        for (const std::string& flag : option.flags) typed.offer("", flag, option.description);
    }
}

}  // namespace

Offers offers_for(const Outline& outline, const std::vector<std::string>& words) {
    Typed typed(words.empty() ? "" : words.back());
    const CommandOutline* const chosen = words.size() > 1 ? find_command(outline, words.front()) : nullptr;
    const CommandOutline& command = chosen == nullptr ? outline.front() : *chosen;
    const std::string& word = typed.word();
    const std::size_t equals = word.starts_with("--") ? word.find('=') : std::string::npos;
    const OptionOutline* const before = words.size() > 1 ? find_option(command, words[words.size() - 2]) : nullptr;
    const OptionOutline* const argument = find_argument(command);
    if (equals != std::string::npos) {
        if (const OptionOutline* const option = find_option(command, word.substr(0, equals))) {
            offer_values(*option, word.substr(0, equals + 1), typed);
        }
    } else if (before != nullptr && before->takes != Takes::kNothing) {
        offer_values(*before, "", typed);
    } else if (words.size() <= 1 && !word.starts_with("-")) {
        for (auto other = outline.begin() + 1; other != outline.end(); ++other) {
            typed.offer("", other->name, other->description);
        }
    } else if (argument != nullptr && !word.starts_with("-")) {
        offer_values(*argument, "", typed);
    } else {
        offer_flags(command, typed);
    }
    return typed.take();
}

std::string offers_text(const Offers& offers) {
    std::string text;
    for (const Candidate& candidate : offers.candidates) {
        text += candidate.word + "\t" + candidate.description + "\n";
    }
    if (offers.paths == Paths::kNone) return text;
    return text + (offers.paths == Paths::kAny ? ":paths" : ":directories") + "\t" + offers.before_path + "\n";
}

}  // namespace bnrun
