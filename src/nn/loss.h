// The output layer's function, its loss and the loss's gradient.
#pragma once

#include <cstdint>
#include <type_traits>
#include <vector>

#include "base/config.h"
#include "math/panels.h"

namespace bnrun {

/// Losses are added up and kept in at least float64.
template <class T>
using Wide = std::conditional_t<std::is_same_v<T, long double>, long double, double>;

template <class T>
struct BatchLoss {
    Wide<T> loss = 0;        ///< mean over the batch, as rounded_to<T> leaves it
    std::int64_t wrong = 0;  ///< samples whose largest output is not their label's (the first of equals counts)
};

/// The output layer's function and the loss.
struct LossKind {
    Output output = Output::kSoftmax;
    Fidelity fidelity = Fidelity::kExact;
};

/// For each sample of the given panels of z (classes, batch): its loss, its class, and d = dLoss/dz of the mean loss
/// over the batch (d may be null where only the loss is wanted). `softmax`: cross-entropy log(sum of exp z_k) -
/// z_label, finite however far the label's logit is below the others. With `published` fidelity -log(p + 1e-10), and
/// the gradient stays p - y. `sigmoid_mse`: half the summed squared error of the logistic outputs. The class is that of
/// the largest output, the first of equals.
template <class T>
void output_losses(LossKind kind, const Panels<T>& z, IndexRange panels, const std::uint8_t* labels, Panels<T>* d,
                   Wide<T>* losses, std::uint8_t* predictions);

/// Of the whole batch, added up in the samples' order.
template <class T>
BatchLoss<T> batch_loss(const std::vector<Wide<T>>& losses, const std::uint8_t* labels,
                        const std::vector<std::uint8_t>& predictions);

}  // namespace bnrun
