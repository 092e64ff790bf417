// What an optimizer's step does to a layer's weights.
#pragma once

#include <vector>

#include "train/quantities/quantity.h"

namespace bnrun {

/// dW = W after the step - W before it: `update_norm` |dW|, `update_ratio` |dW| / |W|, of which 1e-3 is a rule of thumb
/// (Karpathy, cs231n), `update_cosine` between dW and the update before, `gradient_cosine` between gradients of two
/// iterations in a row. Norms are Frobenius; the first iteration of a run has no cosines.
template <class T>
class Update : public LayerQuantity<T> {
  public:
    explicit Update(const std::vector<LayerView<T>>& layers);
    void before_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;
    void after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;
    [[nodiscard]] bool looks_back() const override { return true; }
    void exchange_state(StateExchange& exchange) override;

  private:
    struct Room {
        Matrix<T> before;    ///< weights
        Matrix<T> update;    ///< the last one
        Matrix<T> gradient;  ///< the last one
        Matrix<T> effective;
        bool has_last = false;
    };
    std::vector<Room> rooms_;
};

}  // namespace bnrun
