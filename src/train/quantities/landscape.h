// How smooth the loss is along the gradient (Santurkar et al. 2018, Fig. 4).
#pragma once

#include "train/quantities/quantity.h"

namespace bnrun {

/// Along w_f = w - f rate g for f = 0.5, 1, 2, 4, with g the gradient of all learned parameters: `loss_low`,
/// `loss_high` the smallest and largest loss at w_f; `gradient_distance_low`, `gradient_distance_high` those of
/// |g(w_f) - g|; `smoothness` the largest |g(w_f) - g| / (f rate |g|). Of layer 0, the whole net.
class Landscape : public StepQuantity {
  public:
    void observe(const Step& step, LayerValues& values) override;
};

}  // namespace bnrun
