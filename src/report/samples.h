// How a setting looks, as a small picture beside its name.
#pragma once

#include <string>

#include "chart/frame.h"
#include "report/data.h"

namespace bnrun {

std::string sample_svg(const Style& style);
std::string sample_svg(const ReportGroup& group);

}  // namespace bnrun
