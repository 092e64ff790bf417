// A dense layer in mean-field theory: how it changes what two samples have in common, and their gradients.
#pragma once

#include <string>

#include "nn/init.h"
#include "nn/net_plan.h"
#include "nn/pair_kernel.h"

namespace bnrun {

/// What goes forward. Where theory does not know it, it is NaN, and a word says why.
struct FieldState {
    Signal signal;
    std::string unknown;

    void forget(const std::string& why);
};

/// dLoss/d(values) times the samples of the batch, on its way back.
struct FieldGradient {
    Kernel kernel;     ///< in a batch without end
    double shift = 0;  ///< what two samples have more in common in a batch of so many: of order 1 / samples
    std::string unknown;

    void scale(double factor);
};

/// A normalization's way back: dx = scale (dy - mean(dy)), the mean being taken away only where it is over the batch.
/// The part along xhat, which is taken away as well, is one of as many as it normalizes over.
struct NormStep {
    double scale = 1;  ///< gamma^2 / variance
    bool centres = false;
};

/// Changes the state by y = gamma xhat + beta, where the layer has it at this place. In a batch without end:
/// `batch`: variance = E[x x] - E[x x'], over x' of the batch. `layer`, `group`: E[x^2] - E[x]^2. `rms`: E[x^2].
NormStep normalize(const LayerPlan& layer, Placement placement, const BatchPairs& pairs, FieldState& state);

/// Of the layer's weights and biases, those of `lsuv` after its pass over such inputs. NaN where they are from a file.
InitialVariances first_variances(const LayerPlan& layer, const Kernel& input);

/// Of W x + b.
Kernel sums_of(const LayerPlan& layer, const Kernel& input);

/// A dense layer with its activation and normalization.
class DenseField {
  public:
    /// The state goes through the layer.
    DenseField(const LayerPlan& layer, const BatchPairs& pairs, FieldState& state);
    /// The same from known sums on, of unknown inputs.
    DenseField(const LayerPlan& layer, const BatchPairs& pairs, const Kernel& sums, FieldState& state);

    /// From the layer's outputs to its inputs. Sets the gradients below.
    void backward(FieldGradient& dy);

    /// Of the squared gradient, from the layer's outputs to its sums.
    [[nodiscard]] double squared_slope() const { return after_.scale * slopes_.square * before_.scale; }

    double variance = 0;          ///< q of the sums W x + b
    double squared_gradient = 0;  ///< |dLoss/d(sums)|^2 of a sample
    double weight_gradient = 0;   ///< |dLoss/dW|
    std::string unknown;

  private:
    void forward(FieldState& state);

    const LayerPlan* layer_;
    BatchPairs pairs_;
    Kernel input_;
    double weight_variance_;
    NormStep before_;
    Kernel slopes_{1, 1, 1};
    NormStep after_;
};

}  // namespace bnrun
