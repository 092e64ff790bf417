// A listing of runs and sweeps as text, a line each, and as JSON.
#pragma once

#include <string>

#include "base/json_text.h"
#include "chart/text_chart.h"
#include "report/list_runs.h"

namespace bnrun {

/// Whole lines; a heading, then sweeps, then runs. On a terminal lines are cut to its width.
std::string list_text(const Listing& listing, const TextLook& look);

/// A list of objects, those of sweeps first.
OrderedJson list_json(const Listing& listing);

}  // namespace bnrun
