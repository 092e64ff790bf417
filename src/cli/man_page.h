// The manual page, made from what the command line takes.
#pragma once

#include <string>

#include "cli/outline.h"

namespace bnrun {

/// bnrun(1) as roff for the man macros.
std::string man_page(const Outline& outline);

/// What --help says of the exit codes, from the list that the manual page has.
std::string exit_codes_help();

}  // namespace bnrun
