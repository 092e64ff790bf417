// One row for each setting: its runs as dots, their mean and standard deviation.
#pragma once

#include <string>
#include <vector>

#include "chart/frame.h"

namespace bnrun {

struct DotRow {
    std::string label;
    std::vector<double> values;  ///< filled, with mean and deviation
    std::vector<double> beside;  ///< hollow; may be empty
    std::string remark;          ///< such as what kept some runs from having a value
    Style style;
    std::string attributes;
};

Drawing draw_dots(const std::vector<DotRow>& rows, const std::string& x_title, double width);

}  // namespace bnrun
