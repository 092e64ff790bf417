// What `bnrun diff` prints for people.
#pragma once

#include <string>

#include "experiment/diff_json.h"

namespace bnrun {

enum class DiffLayout { kPlain, kMarkdown };

/// The configs' differences, then for each table the first value that differs, a line for each column, and the rows
/// that only one has. Empty where nothing differs.
/// @param all with what is the same, too.
std::string diff_text(const Diff& diff, DiffLayout layout, bool all);

}  // namespace bnrun
