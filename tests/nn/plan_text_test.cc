#include "nn/plan_text.h"

#include <gtest/gtest.h>

#include "support/plans.h"

namespace bnrun {
namespace {

TEST(PlanText, IsALineForEachLayerThoseWithWeightsNumbered) {
    const std::vector<std::string> lines = plan_text(plan_of(R"({"model": {"layers": [
        {"kind": "conv", "channels": 20, "kernel": 5}, {"kind": "pool"},
        {"kind": "conv", "channels": 50, "kernel": 5, "stride": 3}, {"kind": "lrn"}, {"kind": "dropout", "rate": 0.25},
        {"kind": "dense", "units": 500}]}})",
                                                             {1, 28, 28}, 10));
    EXPECT_EQ(lines, (std::vector<std::string>{
                         "layer 1: conv 5x5 to 20 channels of 24x24, 520 parameters, 0.576 MFLOP",
                         "pool max 2x2 to 20 channels of 12x12",
                         "layer 2: conv 5x5, stride 3 to 50 channels of 3x3, 25050 parameters, 0.45 MFLOP",
                         "lrn to 50 channels of 3x3", "dropout 0.25 to 50 channels of 3x3",
                         "layer 3: dense to 500 units, 225500 parameters, 0.45 MFLOP",
                         "layer 4: output to 10 units, 5010 parameters, 0.01 MFLOP"}));
}

}  // namespace
}  // namespace bnrun
