// What a normalization has learned, and what batch normalization measures.
#pragma once

#include <vector>

#include "train/quantities/quantity.h"

namespace bnrun {

/// Over a layer's units or channels. `gamma_mean`, `_sd`, `_min`, `_max` of the values that the forward pass used, and
/// `gamma_gradient` the norm of their gradient; of beta likewise. Of batch normalization: `batch_mean_mean`,
/// `batch_mean_sd`, `batch_sd_mean`, `batch_sd_sd` of the batch's means and standard deviations (of the biased
/// variance, without epsilon); `batch_mean_change`, `batch_sd_change` the root mean square of their change from the
/// batch before; `inference_mean_distance`, `inference_sd_distance` that of their difference from what inference would
/// now use.
template <class T>
class NormalizationValues : public LayerQuantity<T> {
  public:
    explicit NormalizationValues(const std::vector<LayerView<T>>& layers);
    void before_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;
    void after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;
    [[nodiscard]] bool looks_back() const override { return true; }
    void exchange_state(StateExchange& exchange) override;

  private:
    struct Last {
        Vector<double> mean;
        Vector<double> deviation;
        bool is_there = false;
    };
    std::vector<Last> last_;  ///< batch, of each layer
};

}  // namespace bnrun
