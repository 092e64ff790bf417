// A table of numbers as a map of colours: one key of a sweep along x, another along y.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chart/frame.h"

namespace bnrun {

struct GridCell {
    std::optional<double> value;
    std::string text;   ///< written inside, where there is room; of a cell without a value, why
    std::string title;  ///< shown where a pointer rests
    bool best = false;  ///< is outlined
};

struct Grid {
    std::vector<std::string> columns;                         ///< from left to right
    std::vector<std::string> rows;                            ///< from the top down
    std::vector<std::vector<std::optional<GridCell>>> cells;  ///< [row][column]; none: there is no such point
};

/// Every cell in its value's colour; one without a value has a cross.
/// @param colours linear or log, from 0 to 1
Drawing draw_grid(const Grid& grid, const std::string& title, const std::string& x_title, const std::string& y_title,
                  const Scale& colours);

}  // namespace bnrun
