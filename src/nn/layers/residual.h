// y = x + scale f(x), where f is the layers in between (He et al. 2016); a scale that is learned from 0 is SkipInit (De
// and Smith 2020). Two layers, one before f and one behind it.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "base/config.h"
#include "nn/layer.h"

namespace bnrun {

/// What goes around f: x forward, and dLoss/dy backward.
template <class T>
struct ResidualBranch {
    Panels<T> x;
    Panels<T> dy;
};

template <class T>
class ResidualBegin : public Layer<T> {
  public:
    ResidualBegin(Index units, std::shared_ptr<ResidualBranch<T>> branch) : units_(units), branch_(std::move(branch)) {}

    [[nodiscard]] Index units() const override { return units_; }
    [[nodiscard]] bool passes_shifts() const override { return true; }
    [[nodiscard]] bool begins_residual() const override { return true; }
    /// Its output is its input: written over it, nothing changes, and the layer before still finds what it keeps.
    [[nodiscard]] bool keeps_output() const override { return true; }
    [[nodiscard]] bool overwrites_kept_input() const override { return true; }

    void begin_batch(const Batch& batch) override;
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// dx = dy of f's input + dy of the residual's output.
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

  private:
    Index units_;
    std::shared_ptr<ResidualBranch<T>> branch_;
};

template <class T>
class ResidualEnd : public Layer<T> {
  public:
    Matrix<T> scale;  ///< (1, 1)
    Matrix<T> scale_gradient;

    ResidualEnd(Index units, const LayerConfig& config, std::shared_ptr<ResidualBranch<T>> branch);

    [[nodiscard]] Index units() const override { return units_; }
    [[nodiscard]] Index parameter_rows() const override { return 1; }
    std::vector<NamedTensor<T>> tensors() override;
    [[nodiscard]] bool works_in_place() const override { return false; }
    [[nodiscard]] bool passes_shifts() const override { return true; }
    [[nodiscard]] bool ends_residual() const override { return true; }

    void begin_batch(const Batch& batch) override;
    /// @param x here f(x).
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// df = scale dy, and dy is kept for the residual's beginning.
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;
    /// dscale = sum of dy f(x): panels' sums, added in order.
    void sum_gradients(const Panels<T>& x, const Panels<T>& dy, IndexRange rows) override;

  private:
    Index units_;
    bool learns_scale_;
    std::shared_ptr<ResidualBranch<T>> branch_;
    std::vector<T> sums_;  ///< of each panel
};

}  // namespace bnrun
