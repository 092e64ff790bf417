// The whole network: a list of layers, run by a team of threads that share out a batch's samples.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/config.h"
#include "base/tensor.h"
#include "math/reduce.h"
#include "math/shape.h"
#include "math/thread_team.h"
#include "nn/build_network.h"
#include "nn/layer.h"
#include "nn/loss.h"
#include "nn/state_exchange.h"

namespace bnrun {

/// A layer with weights and what belongs to it, as those who log it see it. Null: there is none.
template <class T>
struct LayerView {
    const NamedTensor<T>* weight = nullptr;
    const NamedTensor<T>* magnitude = nullptr;  ///< of weight normalization, where `weight` is its direction
    const NamedTensor<T>* gamma = nullptr;
    const NamedTensor<T>* beta = nullptr;
    const NamedTensor<T>* mean = nullptr;  ///< of inference, as is the next
    const NamedTensor<T>* variance = nullptr;
    const Layer<T>* batch_norm = nullptr;
    const Layer<T>* activation = nullptr;
    const Panels<T>* input = nullptr;   ///< of the activation function, of a batch whose values are kept
    const Panels<T>* output = nullptr;  ///< likewise

    [[nodiscard]] const Matrix<T>& gradient() const {  ///< of the weights in effect (out, in)
        return weight->weight_gradient == nullptr ? *weight->gradient : *weight->weight_gradient;
    }
};

template <class T>
class Network {
  public:
    /// What to do with rows of a parameter whose gradient is complete. @param parameter in the order of `parameters`
    using UseGradient = std::function<void(std::size_t parameter, IndexRange rows)>;

    /// All weights zero. @param input of a sample. Throws ConfigError where a layer does not fit.
    Network(const Shape& input, Index classes, const Config& config, ThreadTeam& team);

    /// x (inputs, samples), which is to stay as it is until `backward` has returned.
    /// @param predictions the class of each sample, or null.
    BatchLoss<T> forward(const Panels<T>& x, const std::uint8_t* labels, Batch batch,
                         std::uint8_t* predictions = nullptr);

    /// What layer `number` with weights makes of a batch, before normalization and activation function; the layers
    /// below it normalize by the batch. @param x as in `forward`
    const Panels<T>& linear_output(const Panels<T>& x, std::size_t number);

    /// Gradients of every parameter, after a forward pass in kTrain.
    /// @param use called by the team's threads once for each row of each parameter, or empty.
    void backward(const UseGradient& use = {});

    // Statistics that are kept over batches.
    void begin_epoch(Statistics whose = Statistics::kEpoch);
    /// Takes those of the last forward pass. False where one is beyond T's range.
    [[nodiscard]] bool end_batch();
    void end_epoch();

    /// Every tensor, by layer; names as in tensor_list.
    std::vector<NamedTensor<T>>& tensors() { return tensors_; }
    /// Those with a gradient.
    [[nodiscard]] std::vector<NamedTensor<T>> parameters() const;
    /// The weight gradient of each layer with weights (out, in), first layer first.
    [[nodiscard]] std::vector<const Matrix<T>*> weight_gradients() const;
    /// Smallest and largest output of each hidden layer's activation function in the last forward pass in kTrain.
    [[nodiscard]] std::vector<Range<T>> activation_ranges() const;

    /// Whether forward passes in kTrain, from now on, keep what goes into activation functions and comes out of them.
    void keep_values(bool kept) { keeps_values_ = kept; }
    /// First layer first. Values and gradients are those of the last pass.
    [[nodiscard]] std::vector<LayerView<T>> layer_views() const;

    [[nodiscard]] TensorMap save() const;
    /// Takes over the values of tensors with this network's names; names it does not have are left alone.
    void load(const TensorMap& tensors);
    /// Every parameter and all that layers carry on.
    void exchange_state(StateExchange& exchange);

  private:
    /// Of an activation function: copies of what goes in and, where the next layer writes over it, of what comes out.
    struct KeptValues {
        Panels<T> input;
        Panels<T> output;
        bool copies_output = false;
    };

    /// A layer in its place.
    struct Node {
        std::unique_ptr<Layer<T>> layer;
        std::string prefix;            ///< of its tensors' names
        bool streams_weights = false;  ///< they do not fit a core's cache
        const Panels<T>* x = nullptr;
        Panels<T>* y = nullptr;
        Panels<T>* dy = nullptr;  ///< dLoss/dy, and where the layer works in place dLoss/dx; null where not needed
        Panels<T>* dx = nullptr;  ///< null where nothing is learned below
        IndexRange parameters{};  ///< the layer's, by their place in `parameters`
        Index columns = 0;        ///< of the widest of them
        std::unique_ptr<KeptValues> values;  ///< of an activation function
    };

    void add_nodes(std::vector<PlacedLayer<T>> layers);
    void forward_node(Node& node, IndexRange panels) const;
    void place_outputs();
    void place_rounds();
    void place_gradients();
    void list_tensors();
    void begin_batch(const Panels<T>& x, Batch batch);
    /// Takes panels through a round's nodes, and then measures them for the next round where there is one.
    template <class Last>
    void forward_round(IndexRange nodes, bool measures, const Last& last);
    [[nodiscard]] std::vector<IndexRange> rounds_of(Mode mode) const;
    template <class Work>
    void for_each_chunk(IndexRange nodes, IndexRange panels, Work work) const;
    void backward_round(IndexRange nodes, IndexRange complete, const UseGradient& use);
    void share_rows(IndexRange nodes, IndexRange complete);
    void sum_gradients(IndexRange nodes, Index member, const UseGradient& use);

    ThreadTeam* team_;
    Index inputs_;
    LossKind output_;
    std::vector<Node> nodes_;
    std::vector<IndexRange> forward_rounds_;   ///< of nodes; each but the first begins with one that meets
    std::vector<IndexRange> backward_rounds_;  ///< from the top; each but the last ends above one that meets
    std::vector<std::unique_ptr<Panels<T>>> outputs_;
    std::vector<std::unique_ptr<Panels<T>>> gradients_;
    std::vector<NamedTensor<T>> tensors_;
    std::vector<double> row_bounds_;  ///< of the members' shares of gradients' rows, from 0 to 1
    Batch batch_;
    bool keeps_values_ = false;
    std::vector<Wide<T>> losses_;
    std::vector<std::uint8_t> predictions_;
};

}  // namespace bnrun
