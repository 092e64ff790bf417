// How large a layer's weights are, and how far they have come.
#pragma once

#include <vector>

#include "train/quantities/quantity.h"

namespace bnrun {

/// Of the weights that the iteration's forward pass used: `weight_norm` |W| (Frobenius), `weight_spectral` the largest
/// singular value, `weight_distance` |W - W0| from the initial values.
template <class T>
class Weight : public LayerQuantity<T> {
  public:
    /// Takes the layers' values as the initial ones.
    explicit Weight(const std::vector<LayerView<T>>& layers);
    void before_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;
    void exchange_state(StateExchange& exchange) override;

  private:
    std::vector<Matrix<T>> initial_;
    std::vector<Matrix<T>> rooms_;
};

}  // namespace bnrun
