// Shells' completion scripts, which the build takes in from the files in completion/.
#pragma once

#include <string_view>

namespace bnrun {

std::string_view bnrun_bash();
std::string_view bnrun_zsh();
std::string_view bnrun_fish();

}  // namespace bnrun
