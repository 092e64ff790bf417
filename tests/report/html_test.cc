#include "report/html.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Html, TheFirstCellHeadsItsRow) {
    EXPECT_EQ(body_row({"a", "b"}, " class=\"x\""), "<tr class=\"x\"><th scope=\"row\">a</th><td>b</td></tr>\n");
}

TEST(Html, ATableHasALabelAndScrolls) {
    EXPECT_EQ(table_html("a<b", "sorts", {"c"}, "d"),
              "<div class=\"scroll sorts\" tabindex=\"0\" role=\"region\" aria-label=\"a&lt;b\"><table>\n"
              "<thead><tr><th scope=\"col\">c</th></tr>\n</thead>\n<tbody>\nd</tbody></table></div>\n");
}

TEST(Html, AnErrorHasFourDecimals) {
    EXPECT_EQ(error_text(0.25), "0.2500");
    EXPECT_EQ(error_text(std::nullopt), "–");
}

}  // namespace
}  // namespace bnrun
