#include "train/quantities/curvature.h"

#include <cmath>

#include "math/symmetric_eigen.h"
#include "support/observed_step.h"
#include "support/quantities.h"

namespace bnrun {
namespace {

/// The eigenvalue of largest magnitude of the Hessian's block of a parameter, from all of its entries.
double curvature_of_block(ObservedStep& observed, std::size_t parameter) {
    constexpr double kShift = 1e-5;
    Matrix<double>& weights = observed.before[parameter];
    Eigen::MatrixXd hessian(weights.size(), weights.size());
    ParameterValues above;
    ParameterValues below;
    for (Index i = 0; i < weights.size(); ++i) {
        const double kept = weights.data()[i];
        weights.data()[i] = kept + kShift;
        observed.pass_at(observed.before, above);
        weights.data()[i] = kept - kShift;
        observed.pass_at(observed.before, below);
        weights.data()[i] = kept;
        const Matrix<double> column = (above[parameter] - below[parameter]) / (2 * kShift);
        for (Index j = 0; j < column.size(); ++j) hessian(j, i) = column.data()[j];
    }
    const Eigen::VectorXd all = symmetric_eigenvalues(hessian);
    return all[0] + all[all.size() - 1] < 0 ? all[0] : all[all.size() - 1];
}

TEST(Curvature, IsTheExtremeEigenvalueOfEachLayersBlock) {
    ObservedStep observed;
    LayerValues values;
    Curvature().observe(observed.step(), values);
    for (const std::int64_t layer : {1, 2, 3}) {
        const double expected = curvature_of_block(observed, 2 * static_cast<std::size_t>(layer - 1));
        EXPECT_NEAR(value_of(values, "curvature", layer), expected, 1e-4 * std::abs(expected)) << layer;
        for (const LayerValue& value : values) {
            if (value.layer != layer || std::string(value.quantity) != "stable_rate") continue;
            EXPECT_GT(expected, 0) << layer;
            EXPECT_NEAR(value.value, 2 / expected, 1e-3 / std::abs(expected)) << layer;
        }
    }
    EXPECT_NEAR(value_of(values, "stable_rate", 3) * value_of(values, "curvature", 3), 2, 1e-12)
        << "the loss is convex in the last layer";
}

TEST(Curvature, IsThatOfTheLayersWanted) {
    ObservedStep observed;
    observed.layers = {2};
    LayerValues values;
    Curvature().observe(observed.step(), values);
    for (const LayerValue& value : values) EXPECT_EQ(value.layer, 2);
    EXPECT_TRUE(has_value(values, "curvature"));
}

}  // namespace
}  // namespace bnrun
