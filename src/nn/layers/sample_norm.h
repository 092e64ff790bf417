// y = gamma xhat + beta with each sample normalized by itself: LayerNorm (Ba, Kiros and Hinton 2016) over all of its
// values, GroupNorm (Wu and He 2018) over those of a group of channels, RMSNorm (Zhang and Sennrich 2019) by their root
// mean square. gamma and beta are per unit, or per channel of images.
#pragma once

#include <vector>

#include "base/config.h"
#include "math/shape.h"
#include "nn/layer.h"

namespace bnrun {

/// RMSNorm has no beta unless it is asked for.
inline bool has_beta(const NormalizationConfig& config) {
    return config.kind != Normalization::kRms || config.beta.learn || config.beta.init != 0;
}

template <class T>
class SampleNorm : public Layer<T> {
  public:
    Matrix<T> gamma;  ///< (channels, 1)
    Matrix<T> beta;   ///< (channels, 1), or empty
    Matrix<T> gamma_gradient;
    Matrix<T> beta_gradient;

    /// @param config of kind layer, rms or group, whose groups divide the channels.
    SampleNorm(const Shape& shape, const NormalizationConfig& config);

    [[nodiscard]] Index units() const override { return shape_.size(); }
    [[nodiscard]] Index parameter_rows() const override { return shape_.channels; }
    std::vector<NamedTensor<T>> tensors() override;

    void begin_batch(const Batch& batch) override;
    /// xhat = (x - mean) / sqrt(variance + epsilon), biased; `rms`: x / sqrt(mean of x^2 + epsilon).
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    /// With g = gamma dy: dx = (g - mean(g) - xhat mean(g xhat)) / sqrt(variance + epsilon); `rms` has no mean(g).
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;
    /// dgamma = sum of dy xhat and dbeta = sum of dy, over samples and positions: panels' sums, added in order.
    void sum_gradients(const Panels<T>& x, const Panels<T>& dy, IndexRange rows) override;

  private:
    /// Of one panel, by channel.
    struct GradientSums {
        Vector<T> gamma;
        Vector<T> beta;
    };

    void normalize(const T* x, T* y, Index panel);
    void sum_parameters(const T* dy, Index panel, Index samples);

    Shape shape_;
    NormalizationConfig config_;
    Index groups_;
    Panels<T> normalized_;  ///< xhat (units, samples)
    Panels<T> inverse_;     ///< 1 / sqrt(variance + epsilon) (groups, samples)
    std::vector<GradientSums> sums_;
};

}  // namespace bnrun
