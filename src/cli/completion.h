// Scripts that let a shell complete commands, options, configs, and the keys and values of settings.
#pragma once

#include <string>

#include "cli/outline.h"

namespace bnrun {

// Each is to be read by its shell, and says in its first lines how.
std::string bash_completion(const Outline& outline);
std::string zsh_completion(const Outline& outline);
std::string fish_completion(const Outline& outline);

/// The template with `@NAME@` replaced.
std::string filled(std::string text, const std::string& name, const std::string& value);

/// In single quotes, as the shells of the Bourne family read them.
std::string shell_quoted(const std::string& text);

std::string joined(const std::vector<std::string>& words);  ///< with spaces

}  // namespace bnrun
