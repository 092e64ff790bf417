#include "experiment/diff_tolerance.h"

#include <gtest/gtest.h>

#include <limits>

#include "base/error.h"
#include "support/scratch.h"

namespace bnrun {
namespace {

Tolerances relative_of(const std::vector<std::string>& texts) {
    Tolerances tolerances;
    tolerances.add("--rtol", &Tolerance::relative, texts);
    return tolerances;
}

TEST(Tolerance, IsRelativeToTheLargerAndAbsolute) {
    EXPECT_TRUE((Tolerance{0.5, 0}.holds(1, 2)));
    EXPECT_FALSE((Tolerance{0.49, 0}.holds(1, 2)));
    EXPECT_TRUE((Tolerance{0, 1}.holds(1, 2)));
    EXPECT_TRUE(
        (Tolerance{}.holds(std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN())));
    EXPECT_FALSE((Tolerance{1, 1}.holds(std::numeric_limits<double>::infinity(), 1)));
}

TEST(Tolerances, OfAColumnAreTheLastThatFit) {
    const Tolerances tolerances = relative_of({"layer_*=0.25", "1e-3", "gradients.layer_2=0.5", "test_error=0.125"});
    EXPECT_EQ(tolerances.of("gradients", "layer_1").relative, 1e-3);
    EXPECT_EQ(tolerances.of("gradients", "layer_2").relative, 0.5);
    EXPECT_EQ(tolerances.of("activations", "layer_2").relative, 1e-3);
    EXPECT_EQ(tolerances.of("epochs", "test_error").relative, 0.125);
    EXPECT_EQ(relative_of({"1e-3", "layer_*=0.25"}).of("gradients", "layer_7").relative, 0.25);
    EXPECT_EQ(relative_of({"1e-3", "layer_*=0.25"}).of("epochs", "test_error").relative, 1e-3);
    EXPECT_EQ(Tolerances().of("gradients", "layer_1").relative, 0);
}

TEST(Tolerances, BothPartsOfAColumnAreIndependent) {
    Tolerances tolerances = relative_of({"layer_1=0.25"});
    tolerances.add("--atol", &Tolerance::absolute, {"2"});
    EXPECT_EQ(tolerances.of("gradients", "layer_1").relative, 0.25);
    EXPECT_EQ(tolerances.of("gradients", "layer_1").absolute, 2);
}

TEST(Tolerances, OneThatFitsNoColumnIsAMistake) {
    const Tolerances tolerances = relative_of({"0.1", "layer_1=0.25"});
    expect_error<ConfigError>([&] { tolerances.check_all_used(); }, {"--rtol layer_1=0.25", "no table"});
    (void)tolerances.of("gradients", "layer_1");
    tolerances.check_all_used();
}

TEST(Tolerances, AreNumbersThatAreNotNegative) {
    for (const char* text : {"-1", "nan", "x", "layer_1=", "layer_1=-1", "=1", ""}) {
        expect_error<ConfigError>([&] { (void)relative_of({text}); }, {"--rtol", "not negative"});
    }
}

}  // namespace
}  // namespace bnrun
