// y = gamma (x - mean) / sqrt(variance + epsilon) + beta over the batch, per unit, or per channel of images over
// positions as well (Ioffe and Szegedy 2015, section 3.2).
#pragma once

#include <vector>

#include "base/config.h"
#include "math/moments.h"
#include "math/shape.h"
#include "nn/layer.h"

namespace bnrun {

template <class T>
class BatchNorm : public Layer<T> {
  public:
    Matrix<T> gamma;  ///< (channels, 1)
    Matrix<T> beta;
    Matrix<T> gamma_gradient;
    Matrix<T> beta_gradient;
    Matrix<T> mean;      ///< (channels, 1), of inference
    Matrix<T> variance;  ///< of inference

    BatchNorm(const Shape& shape, const NormalizationConfig& config, Fidelity fidelity);

    [[nodiscard]] Index units() const override { return shape_.size(); }
    [[nodiscard]] Index parameter_rows() const override { return shape_.channels; }
    std::vector<NamedTensor<T>> tensors() override;
    /// Inference statistics and sums.
    void exchange_state(const std::string& prefix, StateExchange& exchange) override;
    [[nodiscard]] bool removes_shifts() const override { return true; }
    void make_shift_inert() override { beta_is_inert_ = true; }
    [[nodiscard]] bool meets(Mode mode) const override { return mode != Mode::kInference; }

    void begin_batch(const Batch& batch) override;
    void measure(const Panels<T>& x, IndexRange panels) override;
    /// The batch's mean and biased variance, which are kept for `end_batch`.
    void merge() override;
    /// By the batch's statistics or, in kInference, by `mean` and `variance`.
    void forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) override;
    void measure_backward(const Panels<T>& dy, IndexRange panels) override;
    /// The gradients of gamma and beta. With `published` fidelity that of gamma uses y where the formula has the
    /// normalized x, as the post's program does.
    void merge_backward() override;
    void backward(const Panels<T>& x, const Panels<T>& y, const Panels<T>& dy, IndexRange panels,
                  Panels<T>& dx) override;

    [[nodiscard]] std::optional<BatchStatistics<T>> batch_statistics() const override {
        return BatchStatistics<T>{whole_.pivot + whole_.offset, batch_variance_};
    }

    void begin_epoch(Statistics whose) override;
    /// Adds the batch's statistics to the sums (and to the moving average, where that is the config's choice).
    /// False where one of them, or a sum, is beyond T's range: outputs would then be beta, whatever went in.
    [[nodiscard]] bool end_batch() override;
    /// `mean` and `variance` from the epoch's sums, unless they are moving averages: the mean of batch means, and the
    /// mean of unbiased batch variances or, with `published` fidelity, the sum of biased ones over (batches - 1).
    void end_epoch() override;

  private:
    struct Sums {
        Vector<double> mean;
        Vector<double> variance;
        std::int64_t batches = 0;
    };
    /// Over a panel's samples and positions, per channel.
    struct GradientSums {
        Vector<T> dy;
        Vector<T> dy_normalized;
        Vector<T> dy_y;  ///< with `published` fidelity
    };

    void normalize(const Panels<T>& x, Index panel, Panels<T>& y);
    void infer(const Panels<T>& x, Index panel, Panels<T>& y) const;

    /// Values of a channel over the batch.
    [[nodiscard]] T values() const { return static_cast<T>(samples_ * shape_.positions()); }

    Shape shape_;
    NormalizationConfig config_;
    Fidelity fidelity_;
    Mode mode_ = Mode::kTrain;
    Index samples_ = 0;
    bool beta_is_inert_ = false;
    Panels<T> normalized_;                     ///< (units, samples)
    std::vector<Moments<T>> moments_;          ///< of each panel
    std::vector<GradientSums> gradient_sums_;  ///< of each panel
    Moments<T> whole_;                         ///< of the batch
    Vector<T> batch_variance_;                 ///< biased
    Vector<T> inverse_deviation_;
    GradientSums whole_gradient_;
    Vector<T> mean_dy_;
    Vector<T> mean_dy_normalized_;
    Sums sums_;
    bool looks_on_ = false;  ///< the pass is for layers of the other kind
    bool moving_ = false;    ///< whether the moving average has had its first batch
};

}  // namespace bnrun
