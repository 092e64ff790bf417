// What `bnrun diff` prints for people.
#pragma once

#include <string>

#include "experiment/diff_json.h"

namespace bnrun {

enum class DiffLayout { kPlain, kMarkdown };

/// Both test errors, the configs' differences, then for each table the first value that differs, a line for each column
/// with its means in A and B and their ratio, and the rows that only one has. Empty where nothing differs.
/// @param all with what is the same, too.
std::string diff_text(const Diff& diff, DiffLayout layout, bool all);

}  // namespace bnrun
