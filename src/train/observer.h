// What is logged of layers beyond gradient norms and activation ranges: calls the quantities of log.observe.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/record.h"
#include "math/shape.h"
#include "math/thread_team.h"
#include "nn/network.h"
#include "train/quantities/list.h"

namespace bnrun {

/// What an iteration trained on.
template <class T>
struct Trained {
    const Panels<T>& x;
    const std::uint8_t* labels;
    Batch batch;
    double rate;
};

/// Nothing that it does changes a byte of what is trained.
template <class T>
class Observer {
  public:
    /// Keeps references. @param network as training begins with it
    Observer(const Config& config, const Shape& input, Index classes, Network<T>& network, ThreadTeam& team);

    /// Before the forward pass. @param is_logged whether this iteration has rows. @param precedes whether the next has
    void begin(bool is_logged, bool precedes);
    /// Between the forward pass and the first change of a parameter.
    void before_step();
    /// After the step. Adds to the record of an iteration that has rows.
    void after_step(const Trained<T>& trained, IterationRecord& record);

    void exchange_state(StateExchange& exchange);

  private:
    struct Entry {
        std::unique_ptr<LayerQuantity<T>> quantity;
        std::vector<LayerValues> values;  ///< of each layer
    };

    template <class Work>
    void for_each_layer(const Work& work);
    void step_quantities(const Trained<T>& trained, LayerValues& values);

    const Config& config_;
    Network<T>& network_;
    ThreadTeam& team_;
    std::vector<LayerView<T>> layers_;
    std::vector<std::size_t> wanted_;  ///< layers, from 0
    std::vector<Entry> of_layers_;
    std::vector<std::unique_ptr<StepQuantity>> of_steps_;
    std::unique_ptr<Network<double>> twin_;  ///< of `network_`, where there are quantities of steps
    ParameterValues before_;
    bool is_logged_ = false;
    bool precedes_ = false;
    bool keeps_values_ = false;  ///< whether a quantity looks at them
};

}  // namespace bnrun
