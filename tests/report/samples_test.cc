#include "report/samples.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Samples, HaveTheLineAndTheMarkOfTheStyle) {
    ReportGroup group;
    group.colour = 3;
    group.dash = 2;
    const std::string svg = sample_svg(group);
    EXPECT_NE(svg.find("<path class=\"line c3 d2\" d=\"M0 6h26\"/>"), std::string::npos) << svg;
    EXPECT_NE(svg.find("<path class=\"f3\" d=\"" + marker_shape(2, {13, 6}, 3.4)), std::string::npos) << svg;
}

}  // namespace
}  // namespace bnrun
