#include "chart/svg.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Svg, CoordinatesHaveOneDecimal) {
    EXPECT_EQ(coordinate(12), "12");
    EXPECT_EQ(coordinate(0.25), "0.2");
    EXPECT_EQ(coordinate(-0.04), "0");
    EXPECT_EQ(coordinate(-1.26), "-1.3");
}

TEST(Svg, DescribesAndWrites) {
    Canvas canvas;
    canvas.line("axis", {0, 1}, {2, 3});
    canvas.text("tick", {1, 2}, Anchor::kEnd, "a<b");
    const Drawing drawing{20, 10, "what & why", "0.5 to 1", R"(data-run="1")", canvas.svg()};
    EXPECT_EQ(
        inline_svg(drawing, "x"),
        R"(<svg role="img" aria-labelledby="x-title x-desc" viewBox="0 0 20 10" data-run="1">)"
        R"(<title id="x-title">what &amp; why</title><desc id="x-desc">0.5 to 1</desc>)"
        R"(<path class="axis" d="M0 1L2 3"/><text class="tick" x="1" y="2" text-anchor="end">a&lt;b</text></svg>)");
    const std::string file = svg_file("heading", {}, {drawing, drawing, drawing}, 2, ".a{}");
    EXPECT_NE(file.find(R"(viewBox="0 0 78 82")"), std::string::npos) << file;  // 2 of 20 and 3 rooms; 2 of 10
    EXPECT_NE(file.find(R"svg(<g transform="translate(46 36)">)svg"), std::string::npos) << file;
    EXPECT_NE(file.find(R"svg(<g transform="translate(12 60)">)svg"), std::string::npos) << file;
    EXPECT_NE(file.find("<style>\n.a{}</style>"), std::string::npos);
}

}  // namespace
}  // namespace bnrun
