// Figures by layer at one iteration, and the same at every other for the page's slider.
#pragma once

#include <cstdint>

#include "report/view.h"

namespace bnrun {

/// Every scale of these figures is that of all iterations, so that they can be compared and played.
Figure gradient_norms(const ReportData& data, std::int64_t step);
Figure activation_ranges(const ReportData& data, std::int64_t step);

/// `first layer 4.1e-7, last layer 0.93, their ratio 4.4e-7`
std::string ends_text(const std::vector<double>& norms);

/// Members of a JSON object for the slider: `labels` and `steps`, one for each step, and `groups` by their numbers,
/// each with texts for each step, which are empty where it has no row: `gradients`, numbers; `lines`, the path that
/// draws them, with crosses, wedges and whiskers after bars; `factors`, from layer to layer, and the verdict. `low`,
/// `high` and `bars` likewise of a setting with a panel of its own.
std::string frames_json(const ReportData& data, const Steps& steps);

}  // namespace bnrun
