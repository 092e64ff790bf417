// Internal covariate shift: how a layer's gradient changes when the layers below it have made their step (Santurkar et
// al. 2018, "How does batch normalization help optimization?", definition 2.1).
#pragma once

#include "train/quantities/quantity.h"

namespace bnrun {

/// G: the gradient of W_i before the step. G': the same with the parameters of the layers below i as the step leaves
/// them and the rest as before. `covariate_shift` |G - G'| (Frobenius), `covariate_cosine` between the two; of the
/// first layer 0 and 1.
class CovariateShift : public StepQuantity {
  public:
    void observe(const Step& step, LayerValues& values) override;
};

}  // namespace bnrun
