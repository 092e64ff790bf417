// What a run logged, as tables of a page.
#pragma once

#include <string>

#include "report/data.h"

namespace bnrun {

/// Norms, ranges and epochs, thinned, with the names of the files that have all of it.
/// @param runs on the page: of more, each has fewer rows
std::string logged_tables(const ReportRun& run, std::size_t runs = 1);

}  // namespace bnrun
