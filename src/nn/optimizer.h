// Turns gradients into new parameter values: rmsprop, sgd with momentum, adam, or sgd with Nesterov's momentum.
#pragma once

#include <vector>

#include "base/config.h"
#include "nn/layer.h"

namespace bnrun {

/// With g the gradient (plus l2 w for weights, and for biases where l2_biases says so), all per entry:
/// rmsprop (Tieleman and Hinton 2012, with momentum): r <- 0.9 r + 0.1 g^2; v <- momentum v + lr g / (sqrt r + 1e-10);
/// w <- w - v. sgd: v <- momentum v + g; w <- w - lr v. adam (Kingma and Ba 2015): beta 0.9, 0.999, epsilon 1e-8.
/// nesterov (Sutskever et al. 2013, as PyTorch writes it): v <- momentum v + g; w <- w - lr (g + momentum v).
/// A bias has lr bias_learning_rate for lr.
template <class T>
class Optimizer {
  public:
    Optimizer(const TrainConfig& config, const std::vector<NamedTensor<T>>& parameters);

    /// A step is begun once and then worked off by `update`, which several threads may call for rows of their own.
    void begin_step(double learning_rate);
    /// The step's new values of rows of a parameter; one that is not learned stays as it is.
    void update(std::size_t parameter, IndexRange rows);

    void exchange_state(StateExchange& exchange);

  private:
    struct Slot {
        NamedTensor<T> parameter;
        Matrix<T> velocity;  ///< empty where nothing is learned
        Matrix<T> square;
    };

    TrainConfig config_;
    double learning_rate_ = 0;
    std::vector<Slot> slots_;
    double first_power_ = 1;  ///< adam's beta1^t and beta2^t
    double second_power_ = 1;
};

}  // namespace bnrun
