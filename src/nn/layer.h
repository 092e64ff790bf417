// What a network is a list of: layers that map a batch's panels to panels, forward and backward.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "math/matrix.h"
#include "math/panels.h"
#include "math/reduce.h"
#include "nn/state_exchange.h"

namespace bnrun {

enum class Mode {
    kTrain,       ///< batch statistics and dropout
    kStatistics,  ///< batch statistics, no dropout
    kInference,   ///< inference statistics, no dropout
};

/// What a pass over the training set gives inference: the statistics of layers that keep the epoch's own, or of those
/// that want the population's.
enum class Statistics { kEpoch, kPopulation };

/// What is settled before a batch goes through the layers.
struct Batch {
    Mode mode = Mode::kTrain;
    std::uint64_t seed = 0;
    std::uint64_t step = 0;  ///< iterations since the run began
    Index samples = 0;       ///< the network fills this in
};

/// One of a layer's arrays: saved and loaded by its name, and where it has a gradient, optimized.
template <class T>
struct NamedTensor {
    std::string name;  ///< within a layer `weight`; within the network `layers.0.weight`
    Matrix<T>* value;
    Matrix<T>* gradient = nullptr;  ///< null for what a layer measures
    bool is_weight = false;         ///< a matrix, to which l2 applies; the others are (units, 1)
    bool learned = true;
    std::vector<std::int64_t> shape = {};        ///< in a file, where it is not the value's own
    const Matrix<T>* weight_gradient = nullptr;  ///< of the weights in effect, where `value` is not they
    bool is_bias = false;                        ///< a layer's `bias`
};

/// Mean and biased variance of each channel over a batch.
template <class T>
struct BatchStatistics {
    Vector<T> mean;
    Vector<T> variance;
};

/// Values of a batch are Panels (units, samples). A thread calls forward and backward for its panels of the batch, and
/// other threads for theirs at the same time. A layer that has something to find out about a whole batch meets:
/// every thread measures its panels, and when all have, one thread merges.
template <class T>
class Layer {
  public:
    virtual ~Layer() = default;

    [[nodiscard]] virtual Index units() const = 0;  ///< outputs for a sample
    /// Rows of each of its parameters.
    [[nodiscard]] virtual Index parameter_rows() const { return units(); }
    /// Of a sample's forward pass, where they are what it costs.
    [[nodiscard]] virtual double multiply_adds() const { return 0; }

    /// In the order in which they are optimized.
    virtual std::vector<NamedTensor<T>> tensors() { return {}; }
    /// What training carries on besides the tensors that have gradients.
    virtual void exchange_state(const std::string& /*prefix*/, StateExchange& /*exchange*/) {}

    // What the layer is among others.
    /// Whether `backward` needs `y`, so that the next layer must not write its output over it.
    [[nodiscard]] virtual bool keeps_output() const { return false; }
    /// Whether the output may be written over the input …
    [[nodiscard]] virtual bool works_in_place() const { return true; }
    /// … even where the layer before keeps it, which then goes backward from what stands there.
    [[nodiscard]] virtual bool overwrites_kept_input() const { return false; }
    /// Whether what shifts a unit alike in every sample still does so after this layer …
    [[nodiscard]] virtual bool passes_shifts() const { return false; }
    /// … or is taken away by it.
    [[nodiscard]] virtual bool removes_shifts() const { return false; }
    /// Whether values go around the layers that follow, up to the one that ends the residual.
    [[nodiscard]] virtual bool begins_residual() const { return false; }
    [[nodiscard]] virtual bool ends_residual() const { return false; }
    /// Settles that what this layer adds to every sample alike is taken away later: its gradient is 0.
    virtual void make_shift_inert() {}
    [[nodiscard]] virtual bool meets(Mode /*mode*/) const { return false; }

    /// Makes room. One thread calls this before the others work.
    virtual void begin_batch(const Batch& /*batch*/) {}

    virtual void measure(const Panels<T>& /*x*/, IndexRange /*panels*/) {}
    virtual void merge() {}
    /// y may be x where the layer works in place.
    virtual void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) = 0;

    virtual void measure_backward(const Panels<T>& /*dy*/, IndexRange /*panels*/) {}
    virtual void merge_backward() {}
    /// dx = dLoss/dx from dy = dLoss/dy, after a forward pass in kTrain. dx is dy where the layer works in place.
    /// @param x what `forward` read, if the layer does not work in place.
    /// @param y what `forward` wrote, if the layer keeps it.
    virtual void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                          Panels<T>& dx) = 0;
    /// Gradients that are sums over samples, which follow `backward`.
    /// @param x, dy as above, only for layers that do not work in place. @param rows of the gradients.
    virtual void sum_gradients(const Panels<T>& /*x*/, const Panels<T>& /*dy*/, IndexRange /*rows*/) {}

    /// Smallest and largest output of an activation function in the last forward pass in kTrain.
    [[nodiscard]] virtual std::optional<Range<T>> activation_range() const { return {}; }
    /// act' at `count` values of an activation function, from what went in (x) and what came out (y).
    virtual void derivatives(const T* /*x*/, const T* /*y*/, Index /*count*/, T* /*derivatives*/) const {}
    /// x = act(x), if act never falls as x rises; else false.
    virtual bool map_rising(T* /*x*/, Index /*count*/) const { return false; }
    /// The largest act' there is.
    [[nodiscard]] virtual double largest_derivative() const { return 1; }
    /// Of the last forward pass that was not in kInference, of a layer that normalizes by the batch.
    [[nodiscard]] virtual std::optional<BatchStatistics<T>> batch_statistics() const { return {}; }

    // Statistics that are kept over batches.
    virtual void begin_epoch(Statistics /*whose*/) {}
    /// Takes the statistics of the last forward pass, which was not in kInference, of at least two samples. False where
    /// they are beyond T's range.
    virtual bool end_batch() { return true; }
    virtual void end_epoch() {}
};

}  // namespace bnrun
