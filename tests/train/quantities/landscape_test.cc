#include "train/quantities/landscape.h"

#include <algorithm>
#include <cmath>

#include "support/observed_step.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

TEST(Landscape, IsThatOfFourStepsAlongTheGradient) {
    ObservedStep observed;
    LayerValues values;
    Landscape().observe(observed.step(), values);
    ParameterValues g;
    observed.pass_at(observed.before, g);
    double length = 0;
    for (const Matrix<double>& part : g) length += part.squaredNorm();
    std::vector<double> losses;
    std::vector<double> distances;
    double smoothness = 0;
    for (const double way : {0.125, 0.25, 0.5, 1.0}) {  // of the rate 1/4
        ParameterValues at = observed.before;
        for (std::size_t i = 0; i < at.size(); ++i) at[i] -= way * g[i];
        ParameterValues there;
        losses.push_back(observed.pass_at(at, there));
        double square = 0;
        for (std::size_t i = 0; i < at.size(); ++i) square += (there[i] - g[i]).squaredNorm();
        distances.push_back(std::sqrt(square));
        smoothness = std::max(smoothness, distances.back() / (way * std::sqrt(length)));
    }
    EXPECT_DOUBLE_EQ(value_of(values, "loss_low", 0), *std::min_element(losses.begin(), losses.end()));
    EXPECT_DOUBLE_EQ(value_of(values, "loss_high", 0), *std::max_element(losses.begin(), losses.end()));
    EXPECT_DOUBLE_EQ(value_of(values, "gradient_distance_low", 0), distances.front());
    EXPECT_DOUBLE_EQ(value_of(values, "gradient_distance_high", 0), distances.back());
    EXPECT_DOUBLE_EQ(value_of(values, "smoothness", 0), smoothness);
    values.clear();
    observed.layers = {1};
    Landscape().observe(observed.step(), values);
    EXPECT_TRUE(values.empty()) << "it is the whole net's, layer 0";
}

}  // namespace
}  // namespace bnrun
