// How many directions a layer's outputs use, and how alike samples have become on their way forward.
#pragma once

#include "train/quantities/quantity.h"

namespace bnrun {

/// Of an activation function's output y (units, samples). `effective_rank` = exp(-sum p ln p), p the eigenvalues of
/// the outputs' covariance over samples as shares of their sum (Roy and Vetterli 2007). `sample_cosine`: mean cosine
/// between the outputs of two samples, over all pairs.
template <class T>
class Covariance : public LayerQuantity<T> {
  public:
    void after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) override;
};

/// @param outputs (units, samples)
double effective_rank(const Matrix<double>& outputs);
double sample_cosine(const Matrix<double>& outputs);

}  // namespace bnrun
