// y = x where x > 0, and slope x below, with one slope that is learned (He et al. 2015).
#pragma once

#include <algorithm>
#include <vector>

#include "math/reduce.h"
#include "nn/layer.h"

namespace bnrun {

inline constexpr double kFirstSlope = 0.2;  ///< as in the post's program

template <class T>
class Prelu : public Layer<T> {
  public:
    Matrix<T> slope;  ///< (1, 1)
    Matrix<T> slope_gradient;

    explicit Prelu(Index units);

    [[nodiscard]] Index units() const override { return units_; }
    [[nodiscard]] Index parameter_rows() const override { return 1; }
    std::vector<NamedTensor<T>> tensors() override { return {{"slope", &slope, &slope_gradient}}; }
    [[nodiscard]] bool works_in_place() const override { return false; }

    void begin_batch(const Batch& batch) override;
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;
    /// dslope = sum of dy x over all values with x <= 0: panels' sums, added in order.
    void sum_gradients(const Panels<T>& x, const Panels<T>& dy, IndexRange rows) override;

    [[nodiscard]] std::optional<Range<T>> activation_range() const override;
    void derivatives(const T* x, const T* y, Index count, T* derivatives) const override;
    [[nodiscard]] double largest_derivative() const override { return std::max(1.0, static_cast<double>(slope(0))); }

  private:
    Index units_;
    bool training_ = false;
    std::vector<Range<T>> ranges_;  ///< of each panel
    std::vector<T> sums_;           ///< of each panel
};

}  // namespace bnrun
