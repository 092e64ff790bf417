// The factor of the gradient's norm from layer to layer, as mean-field theory predicts it and as it is.
#pragma once

#include <vector>

#include "base/config.h"
#include "nn/net_plan.h"
#include "train/quantities/quantity.h"

namespace bnrun {

/// Of the Frobenius norm of a layer's weight gradient over that of the layer above it: `predicted_factor` of the config
/// as it begins (nn/mean_field.h), where theory knows it, and `measured_factor`. The output layer has none above.
template <class T>
class Prediction : public LayerQuantity<T> {
  public:
    Prediction(const Config& config, const std::vector<LayerPlan>& plan, std::vector<LayerView<T>> layers);
    void after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;

  private:
    std::vector<LayerView<T>> layers_;
    std::vector<double> predicted_;
};

}  // namespace bnrun
