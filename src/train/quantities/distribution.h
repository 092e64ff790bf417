// Mean, standard deviation and quantiles of what goes into an activation function and of what comes out (Ioffe and
// Szegedy 2015, Fig. 1, has the quantiles 15, 50 and 85 % of a sigmoid's input).
#pragma once

#include <vector>

#include "math/order_statistics.h"
#include "train/quantities/quantity.h"

namespace bnrun {

template <class T>
class Distribution : public LayerQuantity<T> {
  public:
    explicit Distribution(std::size_t layers) : rooms_(layers) {}
    void after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;

  private:
    struct Room {
        std::vector<T> input;
        std::vector<T> output;
        OrderStatistics<T> order;
    };
    std::vector<Room> rooms_;
};

}  // namespace bnrun
