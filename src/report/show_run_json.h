// A run as JSON: what show_run_text says, for programs.
#pragma once

#include "base/json_text.h"
#include "report/show_run.h"

namespace bnrun {

/// One object; null for what is not known or not finite.
OrderedJson show_run_json(const ShownRun& run);

/// An outline's part of it, which a listing has, too.
OrderedJson outline_json(const RunOutline& run);

/// A number, or null where it is none or not finite.
OrderedJson number_or_null(std::optional<double> value);

}  // namespace bnrun
