// Writes SVG elements, with every text escaped and every coordinate short.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/markup.h"

namespace bnrun {

/// At most one decimal and no minus before a zero: `12.5`.
std::string coordinate(double value);

struct Point {
    double x = 0;
    double y = 0;
};

enum class Anchor { kStart, kMiddle, kEnd };

/// The inside of one picture, element by element. Classes name rules of chart.css.
class Canvas {
  public:
    void line(std::string_view classes, Point from, Point to);
    void rect(std::string_view classes, Point corner, double width, double height);
    void text(std::string_view classes, Point at, Anchor anchor, std::string_view content);
    /// @param attributes further ones, written out: `data-group="1"`. @param title shown where a pointer rests; may be
    /// empty
    void path(std::string_view classes, std::string_view d, std::string_view attributes = "",
              std::string_view title = "");
    void open_group(std::string_view attributes);
    void close_group();
    void raw(std::string_view svg) { svg_ += svg; }
    [[nodiscard]] const std::string& svg() const { return svg_; }

  private:
    std::string svg_;
};

/// What a page says of the points of one line.
struct PointTexts {
    std::string part;    ///< of a run, such as `layer 3`; may be empty
    std::string along;   ///< each point's place on x, apart by spaces; `1+2` for 1, 3, 5 and so on
    std::string values;  ///< likewise
};

/// A picture that a page places by itself and a file together with others.
struct Drawing {
    double width = 0;
    double height = 0;
    std::string title;
    std::string description;  ///< what it shows, in numbers
    std::string attributes;   ///< of its svg element, written out
    std::string body;
    std::string along{};               ///< what x counts, such as `iteration`
    std::vector<PointTexts> points{};  ///< of each `.line`, in their order; for a page
};

/// An svg element as wide as its place, with title and description for those who do not see it.
/// @param id unique in the page.
std::string inline_svg(const Drawing& drawing, const std::string& id);

/// A whole file: the drawings in rows, below a heading and a legend (a drawing's body; may be empty).
std::string svg_file(const std::string& heading, const Drawing& legend, const std::vector<Drawing>& drawings,
                     std::size_t columns, const std::string& style);

}  // namespace bnrun
