// The config's JSON Schema and reference page, from the table of fields.
#pragma once

#include <string>

namespace bnrun {

/// The config's JSON Schema (draft 2020-12), ending in a newline.
std::string schema_text();

/// The reference page configs/README.md (Markdown).
std::string reference_text();

}  // namespace bnrun
