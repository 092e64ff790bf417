// y = gamma (x - mean) / sqrt(variance + epsilon) + beta, per unit over the batch (Ioffe and Szegedy 2015).
#pragma once

#include "base/config.h"
#include "base/types.h"
#include "nn/state_exchange.h"

namespace bnrun {

template <class T>
class BatchNorm {
  public:
    Matrix<T> gamma;  ///< (units, 1)
    Matrix<T> beta;
    Matrix<T> gamma_gradient;
    Matrix<T> beta_gradient;
    Matrix<T> mean;      ///< (units, 1), of inference
    Matrix<T> variance;  ///< of inference

    BatchNorm(Index units, const BatchNormConfig& config, Fidelity fidelity);

    [[nodiscard]] const BatchNormConfig& config() const { return config_; }

    /// Makes room for a batch; to be called before `forward` where the size changes, by one thread.
    void resize(Index batch) { normalized_.resize(gamma.rows(), batch); }

    /// Training: with the batch's mean and biased variance, which are kept for `observe`. x, y (units, batch) may be
    /// one.
    void forward(const Matrix<T>& x, Matrix<T>& y, Rows rows);

    /// Turns d from dLoss/dy into dLoss/dx, and fills the gradients of gamma and beta. With `published` fidelity the
    /// gradient of gamma uses y where the formula has the normalized x, as the post's program does.
    void backward(Matrix<T>& d, Rows rows);

    /// Inference: with `mean` and `variance`. x and y may be one.
    void infer(const Matrix<T>& x, Matrix<T>& y, Rows rows) const;

    /// Adds the last batch's statistics to the sums (and to the moving average, where that is the config's choice).
    /// False where one of them, or a sum, is beyond T's range: outputs would then be beta, whatever went in.
    [[nodiscard]] bool observe();
    void restart_sums();

    /// `mean` and `variance` from the sums since the restart: the mean of batch means, and the mean of unbiased batch
    /// variances or, with `published` fidelity, the sum of biased ones over (batches - 1).
    void take_averages();

    /// Inference statistics and sums; gamma and beta are parameters, which the network names.
    void exchange_state(const std::string& prefix, StateExchange& exchange);

  private:
    struct Sums {
        Vector<double> mean;
        Vector<double> variance;
        std::int64_t batches = 0;
    };

    BatchNormConfig config_;
    Fidelity fidelity_;
    Matrix<T> normalized_;  ///< (units, batch)
    Vector<T> batch_mean_;
    Vector<T> batch_variance_;  ///< biased
    Vector<T> inverse_deviation_;
    Sums sums_;
    bool moving_ = false;  ///< whether the moving average has had its first batch
};

}  // namespace bnrun
