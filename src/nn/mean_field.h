// What mean-field theory says of a net before it is trained: how the gradient's size changes from layer to layer. Wide
// layers with independent initial values have normal sums, so that means over units are integrals. Without
// normalization: Poole et al. 2016 and Schoenholz et al. 2017 (arXiv 1611.01232); with BN: Yang et al. 2019
// (1902.08129).
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/config.h"
#include "nn/net_plan.h"
#include "nn/pair_kernel.h"

namespace bnrun {

/// Of a layer with weights. What theory does not know is NaN.
struct LayerPrediction {
    double variance = 0;  ///< q: of its sums W x + b, before a normalization
    /// Factor of the squared gradient from the next layer's sums to this one's; NaN of the output layer. Without
    /// normalization chi = s_w^2 E[act'(sqrt(q) z)^2], where s_w^2 is the number of its units times the variance of the
    /// next one's weights. With BN that is divided by the batch variance, which makes it E[act'(z)^2] / Var[act(z)].
    double chi = 0;
    double gradient = 0;  ///< Frobenius norm of dLoss/dW of a batch's mean loss
    std::string
        unknown;  ///< in a word why something is NaN: `data`, `conv`, `pool`, `lrn`, `dropout`, `groups`, `file`
};

/// By number. Classes are taken as equally frequent.
/// @param input of the images; without them layers are as in a deep net, where q and the samples' correlation are what
/// layer after layer leaves as it is (or q is 1 where there is no such q), and the first gradient is not known.
std::vector<LayerPrediction> predict_layers(const std::vector<LayerPlan>& plan, const Config& config,
                                            const std::optional<Signal>& input);

/// For each layer with weights the predicted Frobenius norm of its weight gradient over that of the layer above it,
/// the next by number: 0.232 in the middle of the post's net without BN. NaN where one of the two is not known, and for
/// the output layer. Compare it with Frobenius norms, whatever log.norm is.
std::vector<double> predicted_factors(const std::vector<LayerPlan>& plan, const Config& config,
                                      const std::optional<Signal>& input);

}  // namespace bnrun
