// Local response normalization: y = x / s^beta with s = k + a (sum of x^2 over a window), over neighbouring channels
// (Krizhevsky, Sutskever and Hinton 2012, section 3.3) or a square of positions. Values outside count as 0.
#pragma once

#include <vector>

#include "base/config.h"
#include "math/shape.h"
#include "nn/layer.h"

namespace bnrun {

template <class T>
class Lrn : public Layer<T> {
  public:
    /// a is alpha, or with AlphaPer::kSize alpha over the window's values: size channels, or size^2 positions.
    Lrn(const Shape& shape, const LayerConfig& config);

    [[nodiscard]] Index units() const override { return shape_.size(); }
    [[nodiscard]] bool works_in_place() const override { return false; }

    void begin_batch(const Batch& batch) override;
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// dx = dy / s^beta - 2 a beta x (sum of dy x / s^(beta+1) over the windows that x is in).
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

  private:
    template <class Add>
    void for_each_neighbour(Index before, Index after, const Add& add) const;

    Shape shape_;
    bool across_;
    Index before_;  ///< neighbours in a window: size / 2, and as many behind, one fewer where size is even
    Index after_;
    T factor_;  ///< a
    T beta_;
    T k_;
    Panels<T> scale_;  ///< s (units, samples)
    Panels<T> power_;  ///< s^-beta
};

}  // namespace bnrun
