// The output layer's function, its loss and the loss's gradient.
#pragma once

#include <cstdint>
#include <type_traits>

#include "base/config.h"
#include "base/types.h"

namespace bnrun {

/// Losses are added up and kept in at least float64.
template <class T>
using Wide = std::conditional_t<std::is_same_v<T, long double>, long double, double>;

template <class T>
struct BatchLoss {
    Wide<T> loss = 0;        ///< mean over the batch, as rounded_to<T> leaves it
    std::int64_t wrong = 0;  ///< samples whose largest output is not their label's (the first of equals counts)
};

/// z (classes, batch) in, d = dLoss/dz of the mean loss out (d may be null where only the loss is wanted).
/// `softmax`: cross-entropy log(sum of exp z_k) - z_label, finite however far the label's logit is below the others.
/// With `published` fidelity -log(p + 1e-10), and the gradient stays p - y. `sigmoid_mse`: half the summed squared
/// error of the logistic outputs.
/// @param predictions the class of each sample, or null.
template <class T>
BatchLoss<T> output_loss(Output output, Fidelity fidelity, const Matrix<T>& z, const std::uint8_t* labels, Matrix<T>* d,
                         std::uint8_t* predictions);

}  // namespace bnrun
