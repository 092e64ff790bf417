// What a logged quantity is: what it may look at, when, and what it hands over. list.h has them all.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "base/record.h"
#include "nn/network.h"
#include "nn/state_exchange.h"

namespace bnrun {

using LayerValues = std::vector<LayerValue>;

/// A quantity of single layers. Threads call it for different layers at the same time; each layer has a place of its
/// own in what it keeps. Layers are counted from 0 here.
template <class T>
class LayerQuantity {
  public:
    virtual ~LayerQuantity() = default;

    /// After the forward pass: parameters are those of the pass. @param values to add to
    virtual void before_step(const LayerView<T>& /*layer*/, std::size_t /*number*/, LayerValues& /*values*/) {}
    /// After back-propagation and the optimizer's step.
    virtual void after_step(const LayerView<T>& /*layer*/, std::size_t /*number*/, LayerValues& /*values*/) {}
    /// Whether it compares with the iteration before, at which it is then called, too.
    [[nodiscard]] virtual bool looks_back() const { return false; }
    /// What it carries from one iteration to the next.
    virtual void exchange_state(StateExchange& /*exchange*/) {}
};

/// Values of all learned parameters, in the order of Network::parameters.
using ParameterValues = std::vector<Matrix<double>>;

/// An iteration, in float64: its batch, and what the optimizer made of the parameters.
struct Step {
    Network<double>& network;  ///< a twin of the trained one, which nothing else looks at
    const Panels<double>& x;
    const std::uint8_t* labels;
    Batch batch;
    double rate;  ///< the learning rate
    const ParameterValues& before;
    const ParameterValues& after;
    const std::vector<std::int64_t>& layers;  ///< from 1, that are wanted, in order; empty: all

    [[nodiscard]] bool wants(std::int64_t layer) const;
    /// Puts values into the twin.
    void set(const ParameterValues& values) const;
    /// A forward and a backward pass over the batch, with the batch's statistics and the iteration's dropout.
    /// @return the mean data loss
    double pass() const;
};

/// A quantity that needs passes of its own over the batch. It has the whole team.
class StepQuantity {
  public:
    virtual ~StepQuantity() = default;
    virtual void observe(const Step& step, LayerValues& values) = 0;
};

}  // namespace bnrun
