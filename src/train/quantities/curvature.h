// How sharply the loss bends along a layer's weights, and the learning rate that this allows.
#pragma once

#include "train/quantities/quantity.h"

namespace bnrun {

/// `curvature`: the eigenvalue of largest magnitude, with its sign, of the Hessian's block of W_i. `stable_rate`: 2 /
/// curvature where that is above 0, beyond which gradient descent on this layer alone grows (LeCun et al. 1998).
class Curvature : public StepQuantity {
  public:
    void observe(const Step& step, LayerValues& values) override;
};

}  // namespace bnrun
