#include "chart/grid.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/columns.h"
#include "chart/palette.h"

namespace bnrun {
namespace {

constexpr double kLightFrom = 0.55;  ///< of the ramp: text on it is dark
constexpr double kWidestLabel = 110;
constexpr double kLeastRow = 20;
constexpr double kTallestRow = 44;

double width_of(const std::string& text) { return static_cast<double>(columns_of(text)) * 0.56 * kTextSize; }

double label_width(const std::vector<std::string>& labels) {
    double widest = 0;
    for (const std::string& label : labels) widest = std::max(widest, width_of(label));
    return std::min(widest, kWidestLabel);
}

Frame frame_for(const Grid& grid) {
    const double rows = static_cast<double>(grid.rows.size());
    Margins margins;
    margins.left = label_width(grid.rows) + 12;
    const double height = std::clamp((kChart.height - margins.top - margins.bottom) / rows, kLeastRow, kTallestRow);
    const Scale unit(ScaleKind::kLinear, 0, 1, 0, 1);
    return framed({kChart.width, margins.top + margins.bottom + rows * height}, margins, unit, unit);
}

void draw_cell(Canvas& canvas, const GridCell& cell, Point corner, double width, double height, const Scale& colours) {
    const Point middle{corner.x + width / 2, corner.y + height / 2};
    const double none = -1;
    const double place = cell.value ? colours.at(*cell.value).value_or(none) : none;
    const std::string box = fmt::format("M{} {}h{}v{}h{}z", coordinate(corner.x), coordinate(corner.y),
                                        coordinate(width), coordinate(height), coordinate(-width));
    if (place < 0) {
        canvas.path("band", box, "", cell.title);
        canvas.path("lost", lost_mark(middle), "", cell.title);
        return;
    }
    canvas.path("cell", box, fmt::format(R"(fill="{}")", ramp_colour(place)), cell.title);
    if (cell.best) canvas.path("best", box);
    if (width_of(cell.text) > width) return;
    canvas.text(place < kLightFrom ? "inside" : "inside dark", {middle.x, middle.y + 5}, Anchor::kMiddle, cell.text);
}

/// As many labels as have room, the first among them.
void draw_column_labels(Canvas& canvas, const Frame& frame, const Grid& grid, double width) {
    const auto every = static_cast<std::size_t>(label_width(grid.columns) / width) + 1;
    for (std::size_t c = 0; c < grid.columns.size(); c += every) {
        canvas.text("tick", {frame.left() + (static_cast<double>(c) + 0.5) * width, frame.bottom() + 17},
                    Anchor::kMiddle, shortened(grid.columns[c], letters_on(kWidestLabel)));
    }
}

}  // namespace

Drawing draw_grid(const Grid& grid, const std::string& title, const std::string& x_title, const std::string& y_title,
                  const Scale& colours) {
    Frame frame = frame_for(grid);
    frame.title = title;
    frame.x_title = x_title;
    frame.y_title = y_title;
    frame.x_ticks.clear();
    Canvas canvas;
    const double width = (frame.right() - frame.left()) / static_cast<double>(grid.columns.size());
    const double height = (frame.bottom() - frame.top()) / static_cast<double>(grid.rows.size());
    for (std::size_t r = 0; r < grid.rows.size(); ++r) {
        const double top = frame.top() + static_cast<double>(r) * height;
        canvas.text("tick", {frame.left() - 6, top + height / 2 + 5}, Anchor::kEnd,
                    shortened(grid.rows[r], letters_on(kWidestLabel)));
        for (std::size_t c = 0; c < grid.columns.size(); ++c) {
            const Point corner{frame.left() + static_cast<double>(c) * width, top};
            if (grid.cells[r][c]) draw_cell(canvas, *grid.cells[r][c], corner, width, height, colours);
        }
    }
    draw_column_labels(canvas, frame, grid, width);
    draw_x_axis(canvas, frame);
    return {frame.size.width, frame.size.height, "", "", R"(data-chart="grid")", canvas.svg()};
}

}  // namespace bnrun
