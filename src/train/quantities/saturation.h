// How many of an activation function's values pass on next to nothing backward.
#pragma once

#include <vector>

#include "train/quantities/quantity.h"

namespace bnrun {

/// `saturated`: share of values whose act' is below a tenth of the largest there is. `dead`: share of units that are so
/// for the whole batch. `zero`: share of outputs that are 0.
template <class T>
class Saturation : public LayerQuantity<T> {
  public:
    explicit Saturation(std::size_t layers) : rooms_(layers) {}
    void after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;

  private:
    struct Room {
        std::vector<T> derivatives;
        std::vector<Index> saturated;  ///< samples, of each unit
    };
    std::vector<Room> rooms_;
};

}  // namespace bnrun
