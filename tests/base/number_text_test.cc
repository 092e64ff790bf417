#include "base/number_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

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

}  // namespace
}  // namespace bnrun
