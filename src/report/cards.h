// What matters, at the top of a page: test error, factor from layer to layer, verdict, time.
#pragma once

#include <cstdint>
#include <string>

#include "report/data.h"

namespace bnrun {

/// Four cards. Up to kFewColumns settings have a line in each; of more, the best one has, with the range of all below.
/// A page's script fills the second and the third again for other iterations, by `data-group`.
std::string cards_html(const ReportData& data, std::int64_t step);

/// `4.2 s`, `3 min 20 s`, `2 h 5 min`
std::string duration_text(double seconds);

}  // namespace bnrun
