// What dense layers and convolutions have in common: a weight, with its own normalization or not, and a bias or none.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "nn/layer.h"
#include "nn/layers/weight_norm.h"

namespace bnrun {

struct LinearOptions {
    bool bias = true;
    bool weight_norm = false;
};

template <class T>
class Linear : public Layer<T> {
  public:
    Matrix<T> weight;  ///< (channels, columns)
    Matrix<T> bias;    ///< (channels, 1), or empty
    Matrix<T> weight_gradient;
    Matrix<T> bias_gradient;

    [[nodiscard]] Index parameter_rows() const override { return weight.rows(); }
    std::vector<NamedTensor<T>> tensors() override;
    [[nodiscard]] bool works_in_place() const override { return false; }
    void make_shift_inert() override { bias_is_inert_ = true; }
    void begin_batch(const Batch& batch) override;

  protected:
    /// All zero. @param file_shape of the weight in a file, where it is not (channels, columns)
    Linear(Index channels, Index columns, const LinearOptions& options, std::vector<std::int64_t> file_shape = {});

    /// Those in effect, and where their gradient goes.
    [[nodiscard]] const Matrix<T>& weights() const { return norm_ ? norm_->weight : weight; }
    Matrix<T>& weights_gradient() { return norm_ ? norm_->weight_gradient : weight_gradient; }
    /// Follows once rows of that gradient are complete.
    void normalize_gradient(IndexRange rows);

    [[nodiscard]] const T* bias_data() const { return bias.size() == 0 ? nullptr : bias.data(); }
    /// db of a channel: over its positions and the samples in the given panels. Lane i sums those of the samples i,
    /// i + 16, …; then halves are added to halves.
    void sum_bias_gradient(const Panels<T>& dz, IndexRange panels, IndexRange rows, bool add);

  private:
    std::vector<std::int64_t> file_shape_;
    std::optional<WeightNorm<T>> norm_;
    bool bias_is_inert_ = false;
};

}  // namespace bnrun
