// The whole network: hidden layers and a linear output layer, run by a team of threads.
#pragma once

#include <string>
#include <vector>

#include "base/config.h"
#include "base/tensor.h"
#include "base/thread_team.h"
#include "nn/layer.h"
#include "nn/loss.h"

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
    BatchLoss<T> forward(const Matrix<T>& x, const std::uint8_t* labels, Mode mode, DropoutPlace place,
                         std::uint8_t* predictions = nullptr);

    /// Gradients of every parameter, after a forward pass in kTrain of the same x, here transposed (batch, inputs).
    void backward(const Matrix<T>& x_transposed);

    std::vector<HiddenLayer<T>>& hidden() { return hidden_; }
    [[nodiscard]] const std::vector<HiddenLayer<T>>& hidden() const { return hidden_; }

    /// Every weight, bias, gamma and beta, by layer.
    std::vector<Parameter<T>> parameters();
    /// The weight gradient of each weight layer (out, in), first layer first.
    [[nodiscard]] std::vector<const Matrix<T>*> weight_gradients() const;

    [[nodiscard]] TensorMap tensors() const;
    /// Takes over the values of tensors with this network's names; names it does not have are left alone.
    void load(const TensorMap& tensors);

  private:
    ThreadTeam* team_;
    Output output_;
    Fidelity fidelity_;
    std::vector<HiddenLayer<T>> hidden_;
    Linear<T> top_;
    Matrix<T> sums_;                 ///< of the output layer
    std::vector<Matrix<T>> deltas_;  ///< dLoss/d(Wx + b) of each layer
};

}  // namespace bnrun
