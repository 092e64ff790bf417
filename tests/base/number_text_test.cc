#include "base/number_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "base/nearest.h"

namespace bnrun {
namespace {

TEST(MatlabText, WritesAsThePostDoes) {
    EXPECT_EQ(matlab_text(3.23e-07), "3.23e-07");
    EXPECT_EQ(matlab_text(0.271212345), "0.27121");
    EXPECT_EQ(matlab_text(0.0011954), "0.0011954");
    EXPECT_EQ(matlab_text(12.3456789), "12.3457");
    EXPECT_EQ(matlab_text(123456.789), "123456.789");
    EXPECT_EQ(matlab_text(0), "0");
    EXPECT_EQ(matlab_text(1), "1");
    EXPECT_EQ(matlab_text(1e20), "1e+20");
    EXPECT_EQ(matlab_text(std::nan("")), "NaN");
    EXPECT_EQ(matlab_text(INFINITY), "Inf");
    EXPECT_EQ(matlab_text(-INFINITY), "-Inf");
}

TEST(ShortestText, ReadsBackToTheSameValue) {
    EXPECT_EQ(shortest_text(static_cast<double>(0.1F), Precision::kFloat32), "0.1");
    EXPECT_EQ(shortest_text(0.1), "0.1");
    EXPECT_EQ(std::stod(shortest_text(1.0 / 3)), 1.0 / 3);
    EXPECT_EQ(shortest_text(std::nan("")), "nan");
    EXPECT_EQ(shortest_text(-std::nan("")), "nan");
    EXPECT_EQ(shortest_text(-INFINITY), "-inf");
}

TEST(ShortestText, OfANumberBeyondFloat32IsThatNumber) {
    EXPECT_EQ(shortest_text(6e38, Precision::kFloat32), "6e+38");
    EXPECT_EQ(shortest_text(-6e38, Precision::kFloat32), "-6e+38");
    EXPECT_EQ(shortest_text(INFINITY, Precision::kFloat32), "inf");
}

TEST(Nearest, FindsTheNameWithTheFewestEdits) {
    EXPECT_EQ(edit_distance("kitten", "sitting"), 3U);
    EXPECT_EQ(nearest("dropuot", {"depth", "dropout", "width"}), "dropout");
    EXPECT_EQ(nearest("x", {}), "");
}

TEST(EditDistance, IsTheSameBelowItsLimitAndElseTheLimit) {
    const std::vector<std::string> words{"", "k", "kitten", "sitting", "train.optimizer.name", "model.depth"};
    for (const std::string& a : words) {
        for (const std::string& b : words) {
            const std::size_t whole = edit_distance(a, b);
            for (std::size_t limit = 0; limit < 24; ++limit) {
                EXPECT_EQ(edit_distance(a, b, limit), std::min(whole, limit)) << a << " to " << b;
            }
        }
    }
}

}  // namespace
}  // namespace bnrun
