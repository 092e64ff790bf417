// Reads, checks and writes a run's config. One table of fields serves parsing, defaults, schema and reference page.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/printable.h"

namespace bnrun {

struct ParsedConfig {
    Config config;
    std::vector<std::string> warnings;  ///< keys that have no effect beside the others, one line each
};

/// A dotted key and its value, JSON or else a string.
struct Override {
    std::string key;
    std::string value;
    std::string given =
        first_characters("--set " + key + "=" + value, kMostOfGiven);  ///< as what the user wrote, for messages
};

/// What `--data DIR` overrides: nothing where it is not given.
std::vector<Override> data_override(const std::optional<std::string>& directory);

/// @param text JSON with // comments. @param file names it in messages, and its stem is the default name.
/// Throws ConfigError: one line with file, line and column or key path, what was expected and what to do.
ParsedConfig parse_config(const std::string& text, const std::string& file, const std::vector<Override>& overrides);

/// The same for a text that is read with many overrides: it is parsed once.
class ConfigText {
  public:
    ConfigText(const std::string& text, const std::string& file);
    [[nodiscard]] ParsedConfig with(const std::vector<Override>& overrides) const;

  private:
    struct Parsed;
    std::string file_;
    std::shared_ptr<const Parsed> parsed_;
};

/// Of the files in configs/ and of the configs in the program, without `.json`, each once.
std::vector<std::string> config_names();

struct ConfigFile {
    std::string path;  ///< of one in the program `built-in configs/NAME.json`, for messages
    std::string text;
};

/// @param name a path, or a file in configs/ or a config in the program, with or without `.json`; the first of these
/// that there is. Throws ConfigError with the likeliest name.
ConfigFile read_config_file(const std::string& name);

/// Both of the above.
ParsedConfig read_config(const std::string& name, const std::vector<Override>& overrides);

/// The resolved config as JSON, every default written out, ending in a newline; parsing it gives the same config.
std::string config_text(const Config& config);

/// The first key but data.absolute_dir in which the two differ; empty where none does.
std::string differing_key(const Config& a, const Config& b);

}  // namespace bnrun
