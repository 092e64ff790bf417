// Turns gradients into new parameter values: rmsprop, sgd with momentum, or adam.
#pragma once

#include <vector>

#include "base/config.h"
#include "base/thread_team.h"
#include "nn/network.h"

namespace bnrun {

/// With g the gradient (plus l2 W for weights), all per entry:
/// rmsprop (Tieleman and Hinton 2012, with momentum): r <- 0.9 r + 0.1 g^2; v <- momentum v + lr g / (sqrt r + 1e-10);
/// w <- w - v. sgd: v <- momentum v + g; w <- w - lr v. adam (Kingma and Ba 2015): beta 0.9, 0.999, epsilon 1e-8.
template <class T>
class Optimizer {
  public:
    Optimizer(const TrainConfig& config, std::vector<Parameter<T>> parameters);

    /// One step of every learned parameter.
    void step(double learning_rate, ThreadTeam& team);

    void exchange_state(StateExchange& exchange);

  private:
    struct Slot {
        Parameter<T> parameter;
        Matrix<T> velocity;
        Matrix<T> square;
    };
    void update(Slot& slot, double learning_rate, Rows rows) const;

    TrainConfig config_;
    std::vector<Slot> slots_;
    double first_power_ = 1;  ///< adam's beta1^t and beta2^t
    double second_power_ = 1;
};

}  // namespace bnrun
