// The manual page, made from what the command line takes.
#pragma once

#include <string>

#include "cli/outline.h"

namespace bnrun {

/// bnrun(1) as roff for the man macros.
std::string man_page(const Outline& outline);

}  // namespace bnrun
