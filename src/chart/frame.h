// The part that charts share: a frame with a grid, axes and their titles, and series drawn into it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "chart/scale.h"
#include "chart/svg.h"

namespace bnrun {

struct Size {
    double width = 0;
    double height = 0;
};

/// Of every chart, so that text has one size wherever charts stand side by side.
inline constexpr Size kChart{400, 280};
inline constexpr double kTextSize = 14;  ///< as chart.css has it
inline constexpr double kLineHeight = 17;

/// Room left around the data.
struct Margins {
    double left = 54;
    double right = 14;
    double top = 46;
    double bottom = 44;
};

/// Of a chart without a title of its own.
inline constexpr Margins kUntitled{54, 14, 28, 44};

inline constexpr double kSlack = 0.05;  ///< outside of the frame, by rounding
inline constexpr double kMarkRadius = 3.2;

struct Frame {
    Size size;
    Margins margins;
    std::string title;  ///< of a panel; may be empty
    std::string x_title;
    std::string y_title;
    Scale x;  ///< from left to right edge of the data
    Scale y;  ///< from bottom to top
    std::vector<Tick> x_ticks;

    [[nodiscard]] double left() const { return margins.left; }
    [[nodiscard]] double right() const { return size.width - margins.right; }
    [[nodiscard]] double top() const { return margins.top; }
    [[nodiscard]] double bottom() const { return size.height - margins.bottom; }
};

/// Puts both scales in their places and marks x at round values.
Frame framed(Size size, Margins margins, const Scale& x, const Scale& y);

/// Marks at whole numbers only, from 1.
std::vector<Tick> whole_ticks(std::size_t last, std::size_t most);

/// The axis below and all titles.
void draw_x_axis(Canvas& canvas, const Frame& frame);

/// That and the marks of y with a grid.
void draw_frame(Canvas& canvas, const Frame& frame);

// Colours and dashes that chart.css has.
inline constexpr std::size_t kColours = 7;
inline constexpr std::size_t kNeutral = 7;  ///< a colour that stands for no setting
inline constexpr std::size_t kDashes = 4;

/// How a series looks, as classes of chart.css; shape is one of four markers.
struct Style {
    std::size_t colour = 0;
    std::size_t dash = 0;
    [[nodiscard]] std::string line() const;
    [[nodiscard]] std::string fill() const;
};

/// A circle, square, diamond or triangle as path data.
std::string marker_shape(std::size_t shape, Point at, double radius);

/// The cross that stands for a value that is not there.
std::string lost_mark(Point at);

/// A series as path data: `line` with gaps where a value is not on the scale; there, at the first value of each gap, a
/// wedge at the lower edge in `zeros` for zero and what is below, a cross at the upper one in `lost` for the rest.
struct SeriesPaths {
    std::string line;
    std::string lost;
    std::string zeros;
};
SeriesPaths series_paths(const std::vector<double>& x, const std::vector<double>& y, const Frame& frame);

/// None where it would lie outside the frame.
std::optional<double> on_scale(const Frame& frame, double value);

void draw_series(Canvas& canvas, const std::string& classes, const SeriesPaths& paths, const std::string& attributes);

struct LegendEntry {
    std::string label;
    Style style;
};

/// A sample of each style with its label, wrapped at the width.
Drawing draw_legend(const std::vector<LegendEntry>& entries, double width);

/// What stands where: ` data-y="log low high from to"`.
std::string scale_attribute(const char* name, const Scale& scale);

/// Both scales, by which a page finds values and the edges of the data.
std::string scale_attributes(const Frame& frame);

/// Text of at most so many letters: the end of a longer one, behind `…`.
std::string shortened(const std::string& text, std::size_t letters);

/// How many letters have room on a width.
std::size_t letters_on(double width);

}  // namespace bnrun
