// Inverted dropout (Srivastava et al. 2014) whose mask depends on nothing but seed, step, layer, unit and sample.
#pragma once

#include <cstdint>

#include "base/config.h"
#include "nn/layer.h"

namespace bnrun {

/// Where in a run a mask is drawn.
struct DropoutPlace {
    std::uint64_t seed = 0;
    std::uint64_t step = 0;   ///< iterations since the run began
    std::uint32_t layer = 0;  ///< at most 65535
};

/// Fills one panel of a mask (units, samples): 0 where a unit's output is dropped, else 1 / (1 - rate).
template <class T>
void draw_dropout_mask(const DropoutPlace& place, double rate, Panels<T>& mask, Index panel);

template <class T>
class Dropout : public Layer<T> {
  public:
    /// @param number of the layer whose units are dropped, from 0.
    Dropout(Index units, double rate, std::uint32_t number, Fidelity fidelity)
        : units_(units), rate_(rate), fidelity_(fidelity) {
        place_.layer = number;
    }

    [[nodiscard]] Index units() const override { return units_; }
    /// The post's program takes the activation's derivative at what dropout has already scaled.
    [[nodiscard]] bool overwrites_kept_input() const override { return fidelity_ == Fidelity::kPublished; }

    void begin_batch(const Batch& batch) override;
    /// y = x mask in training, else x.
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// dx = dy mask; with `published` fidelity without the mask's scale.
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

  private:
    Index units_;
    double rate_;
    Fidelity fidelity_;
    DropoutPlace place_;
    bool dropping_ = false;
    Panels<T> mask_;
};

}  // namespace bnrun
