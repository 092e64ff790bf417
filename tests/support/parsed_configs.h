// Configs from their text.
#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "settings/json.h"
#include "support/scratch.h"

namespace bnrun {

/// Of a file some.json.
inline Config parse(const std::string& text, const std::vector<Override>& overrides = {}) {
    return parse_config(text, "some.json", overrides).config;
}

inline void refuse(const std::string& text, std::initializer_list<const char*> texts,
                   const std::vector<Override>& overrides = {}) {
    expect_error<ConfigError>([&] { parse(text, overrides); }, texts);
}

inline std::vector<std::string> warnings(const std::string& text) {
    return parse_config(text, "some.json", {}).warnings;
}

}  // namespace bnrun
