#include "base/markup.h"

#include <gtest/gtest.h>

namespace bnrun {
namespace {

TEST(Markup, EscapesWhatWouldEndATextOrAnAttribute) {
    EXPECT_EQ(escaped("<b a=\"1\" b='2'>&\n\x01"), "&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;\\u000a\\u0001");
    EXPECT_EQ(escaped("µ · 层"), "µ · 层");
}

}  // namespace
}  // namespace bnrun
