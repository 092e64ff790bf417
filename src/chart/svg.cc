#include "chart/svg.h"

#include <fmt/format.h>

#include <algorithm>

namespace bnrun {
namespace {

constexpr double kPadding = 12;
constexpr double kHeadingHeight = 24;
constexpr double kGap = 14;
constexpr double kMagnified = 1.2;  ///< a file's own size against the drawing's units

const char* anchor_name(Anchor anchor) {
    return anchor == Anchor::kStart ? "start" : anchor == Anchor::kMiddle ? "middle" : "end";
}

std::string described(const std::string& title, const std::string& description, const std::string& id) {
    return fmt::format(R"(<title id="{0}-title">{1}</title><desc id="{0}-desc">{2}</desc>)", id, escaped(title),
                       escaped(description));
}

}  // namespace

std::string coordinate(double value) {
    std::string text = fmt::format("{:.1f}", value);
    if (text.back() == '0') text.resize(text.size() - 2);
    return text == "-0" ? "0" : text;
}

void Canvas::line(std::string_view classes, Point from, Point to) {
    svg_ += fmt::format(R"(<path class="{}" d="M{} {}L{} {}"/>)", classes, coordinate(from.x), coordinate(from.y),
                        coordinate(to.x), coordinate(to.y));
}

void Canvas::rect(std::string_view classes, Point corner, double width, double height) {
    svg_ += fmt::format(R"(<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>)", classes, coordinate(corner.x),
                        coordinate(corner.y), coordinate(width), coordinate(height));
}

void Canvas::text(std::string_view classes, Point at, Anchor anchor, std::string_view content) {
    svg_ += fmt::format(R"(<text class="{}" x="{}" y="{}" text-anchor="{}">{}</text>)", classes, coordinate(at.x),
                        coordinate(at.y), anchor_name(anchor), escaped(content));
}

void Canvas::path(std::string_view classes, std::string_view d, std::string_view attributes, std::string_view title) {
    const std::string end = title.empty() ? "/>" : "><title>" + escaped(title) + "</title></path>";
    svg_ += fmt::format(R"(<path class="{}"{}{} d="{}"{})", classes, attributes.empty() ? "" : " ", attributes, d, end);
}

void Canvas::open_group(std::string_view attributes) { svg_ += fmt::format("<g {}>", attributes); }

void Canvas::close_group() { svg_ += "</g>"; }

std::string inline_svg(const Drawing& drawing, const std::string& id) {
    return fmt::format(R"(<svg role="img" aria-labelledby="{0}-title {0}-desc" viewBox="0 0 {1} {2}" {3}>{4}{5}</svg>)",
                       id, coordinate(drawing.width), coordinate(drawing.height), drawing.attributes,
                       described(drawing.title, drawing.description, id), drawing.body);
}

std::string svg_file(const std::string& heading, const Drawing& legend, const std::vector<Drawing>& drawings,
                     std::size_t columns, const std::string& style) {
    const std::size_t in_row = std::clamp<std::size_t>(drawings.size(), 1, columns);
    double width = 0;
    double x = kPadding;
    double y = kPadding + kHeadingHeight + legend.height;
    double row_height = 0;
    std::string bodies;
    std::string description;
    for (std::size_t i = 0; i < drawings.size(); ++i) {
        const Drawing& drawing = drawings[i];
        if (i > 0 && i % in_row == 0) {
            x = kPadding;
            y += row_height + kGap;
            row_height = 0;
        }
        bodies +=
            fmt::format(R"svg(<g transform="translate({} {})">{}</g>)svg", coordinate(x), coordinate(y), drawing.body);
        description += (description.empty() ? "" : " ") + drawing.description;
        x += drawing.width;
        width = std::max(width, x + kPadding);
        x += kGap;
        row_height = std::max(row_height, drawing.height);
    }
    const double height = y + row_height + kPadding;
    return fmt::format(
        R"(<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="chart-title chart-desc" width="{}" )"
        R"(height="{}" viewBox="0 0 {} {}">)"
        "\n{}\n<style>\n{}</style>\n"
        R"(<rect class="paper" width="100%" height="100%"/><text class="heading" x="{}" y="{}">{}</text>)"
        R"svg(<g transform="translate({} {})">{}</g>{})svg"
        "\n</svg>\n",
        coordinate(width * kMagnified), coordinate(height * kMagnified), coordinate(width), coordinate(height),
        described(heading, description, "chart"), style, coordinate(kPadding), coordinate(kPadding + 12),
        escaped(heading), coordinate(kPadding), coordinate(kPadding + kHeadingHeight), legend.body, bodies);
}

}  // namespace bnrun
