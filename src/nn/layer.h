// A hidden layer: linear, activation, and where the config asks for them batch normalization and dropout.
#pragma once

#include <optional>
#include <vector>

#include "base/config.h"
#include "nn/batch_norm.h"
#include "nn/dropout.h"
#include "nn/linear.h"
#include "nn/range.h"

namespace bnrun {

enum class Mode {
    kTrain,       ///< batch statistics and dropout
    kStatistics,  ///< batch statistics, no dropout
    kInference,   ///< inference statistics, no dropout
};

template <class T>
class HiddenLayer {
  public:
    Linear<T> linear;
    std::optional<BatchNorm<T>> batch_norm;

    /// @param is_last whether the output layer comes next, which does not normalize.
    HiddenLayer(Index in, Index out, const Config& config, bool is_last);

    [[nodiscard]] Index units() const { return linear.weight.rows(); }

    /// Output of the activation function (units, batch): before dropout and before a post-activation BN.
    [[nodiscard]] const Matrix<T>& activations() const { return activations_; }
    /// Smallest and largest of `activations`, of the last forward pass in kTrain.
    [[nodiscard]] Range<T> activation_range() const;
    /// What the next layer sees (batch, units), of the last forward pass in kTrain.
    [[nodiscard]] const Panels<T>& output_transposed() const { return output_transposed_; }

    /// Makes room for a batch and settles whether it goes through dropout. One thread calls this before the others.
    /// @param writes how the transposed output is written, which every thread reads.
    void prepare(Index batch, Mode mode, Writes writes);

    /// Computes the given rows of activations and output (units, batch) from x (in, batch).
    /// @param sums at least (units, batch), to work in.
    void forward(const Panels<T>& x, Mode mode, const DropoutPlace& place, Rows rows, Matrix<T>& sums,
                 Panels<T>& output);

    /// Turns the rows of d (units, batch) from dLoss/d(output) into dLoss/d(Wx + b), filling BN's gradients.
    /// Follows a forward pass in kTrain.
    void backward(Matrix<T>& d, Rows rows);
    /// Fills the gradients of W and b from d = dLoss/d(Wx + b), for x transposed (batch, in). Those of shifts that BN
    /// takes away again are exactly 0: b before BN and, with linear units, the beta of all layers but the last.
    void backward_linear(const Matrix<T>& d, const Panels<T>& x_transposed, Rows rows);

  private:
    void finish_forward(Mode mode, const DropoutPlace& place, Rows rows, Matrix<T>& sums, Panels<T>& output);
    [[nodiscard]] bool normalizes(Placement placement) const;
    void normalize(const Matrix<T>& x, Matrix<T>& y, Mode mode, Rows rows);
    void take_range(Rows rows);
    void drop(const DropoutPlace& place, const Matrix<T>& whole, Rows rows);
    void backward_dropout(Matrix<T>& d, Rows rows) const;

    Activation activation_;
    Placement placement_;
    Fidelity fidelity_;
    double dropout_;
    bool is_last_;
    Matrix<T> activations_;
    std::vector<Range<T>> ranges_;  ///< of some rows of activations together: the first of these units has it
    Matrix<T> mask_;
    Matrix<T> dropped_;
    Panels<T> output_transposed_;
    bool dropping_ = false;
};

}  // namespace bnrun
