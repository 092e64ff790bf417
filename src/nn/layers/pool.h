// The largest or the mean value of a window of positions, for each channel.
#pragma once

#include <vector>

#include "nn/layer.h"
#include "nn/net_plan.h"

namespace bnrun {

template <class T>
class Pool : public Layer<T> {
  public:
    explicit Pool(const LayerPlan& plan);

    [[nodiscard]] Index units() const override { return out_.size(); }
    [[nodiscard]] bool works_in_place() const override { return false; }
    [[nodiscard]] bool passes_shifts() const override { return true; }

    void begin_batch(const Batch& batch) override;
    /// A window's values that are not numbers make its largest one NaN. The mean is over positions inside the image.
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// The largest value's position gets all of dy, the first in scan order where several are equal; the mean's
    /// positions get equal parts.
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

  private:
    /// Positions of a window, as far as it is inside the image.
    struct Window {
        Index first;
        Index height;
        Index width;
    };

    template <Index width>
    void forward_panel(const T* x, Index panel, T* y);
    template <Index width, bool adds>
    void backward_panel(const T* dy, Index panel, T* dx) const;

    Shape in_;
    Shape out_;
    Pooling pooling_;
    std::vector<Window> windows_;  ///< of one channel
    bool covers_once_ = false;     ///< each of its positions is in one window
    Panels<T> places_;             ///< (units, samples): of the largest value in its window, counted in scan order
};

}  // namespace bnrun
