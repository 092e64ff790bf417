// The whole network: hidden layers and a linear output layer, run by a team of threads.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/tensor.h"
#include "base/thread_team.h"
#include "nn/layer.h"
#include "nn/loss.h"
#include "nn/state_exchange.h"

namespace bnrun {

/// A tensor that training may change, with its gradient.
template <class T>
struct Parameter {
    std::string name;  ///< such as `layers.0.weight`
    Matrix<T>* value;
    Matrix<T>* gradient;
    bool is_weight;  ///< l2 applies
    bool learned;
};

template <class T>
class Network {
  public:
    /// All weights zero. @param inputs features of a sample.
    Network(Index inputs, Index classes, const Config& config, ThreadTeam& team);

    /// x (inputs, batch). @param place the step of dropout masks.
    BatchLoss<T> forward(const Panels<T>& x, const std::uint8_t* labels, Mode mode, DropoutPlace place,
                         std::uint8_t* predictions = nullptr);

    /// Gradients of every parameter, after a forward pass in kTrain of the same x, here transposed (batch, inputs).
    void backward(const Panels<T>& x_transposed);

    /// BN's batch statistics of the last forward pass go into its sums. False where one is beyond T's range.
    [[nodiscard]] bool observe_statistics();

    std::vector<HiddenLayer<T>>& hidden() { return hidden_; }
    [[nodiscard]] const std::vector<HiddenLayer<T>>& hidden() const { return hidden_; }

    /// Every weight, bias, gamma and beta, by layer.
    std::vector<Parameter<T>> parameters();
    /// The weight gradient of each weight layer (out, in), first layer first.
    [[nodiscard]] std::vector<const Matrix<T>*> weight_gradients() const;

    [[nodiscard]] TensorMap tensors() const;
    /// Takes over the values of tensors with this network's names; names it does not have are left alone.
    void load(const TensorMap& tensors);

    /// Every parameter and all that BN carries on.
    void exchange_state(StateExchange& exchange);

  private:
    ThreadTeam* team_;
    Writes writes_;
    Output output_;
    Fidelity fidelity_;
    std::vector<HiddenLayer<T>> hidden_;
    Linear<T> top_;
    Index widest_ = 0;
    // Each layer's turn comes again before the caches have let go of these. What one layer's threads write, the next
    // one's read, so that two take turns.
    Matrix<T> sums_;                          ///< Wx + b, later BN's output (widest, batch)
    Matrix<T> delta_;                         ///< dLoss/d(Wx + b) (widest, batch)
    std::array<Panels<T>, 2> outputs_;        ///< (units, batch)
    std::array<Panels<T>, 2> shared_deltas_;  ///< delta_, for the layer below
    Matrix<T> top_sums_;                      ///< (classes, batch)
    Matrix<T> top_delta_;
    Panels<T> shared_top_delta_;
};

}  // namespace bnrun
