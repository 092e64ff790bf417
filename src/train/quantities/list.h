// Every quantity that can be logged of layers, in one table.
#pragma once

#include <array>
#include <memory>
#include <vector>

#include "base/config.h"
#include "train/quantities/quantity.h"

namespace bnrun {

struct QuantityRow {
    Quantity quantity;
    const char* what;    ///< in a sentence, of each layer
    const char* unit;    ///< of its values
    const char* values;  ///< their names in layers.csv, or the tables that have them
    double cost;         ///< of an iteration of sigmoid10_bn where it is logged, as a share of the iteration without it
    const char* source;
};

/// In the order of the enumeration. Costs: `scripts/bench_observe.sh`.
inline constexpr std::array<QuantityRow, kQuantityNames.size()> kQuantities{{
    {Quantity::kGradient, "norm of the gradient of the weights; log.norm says which", "loss per weight",
     "gradients.csv, gradients.txt", 0.1, "the post"},
    {Quantity::kActivation, "smallest and largest output of the activation function", "output",
     "activations.csv, activations.txt", 0.01, "the post"},
    {Quantity::kDistribution,
     "mean, standard deviation and quantiles of the activation function's input and output over batch and units",
     "input or output",
     "input_mean input_sd input_q0.1 input_q1 input_q5 input_q15 input_q50 input_q85 input_q95 input_q99 input_q99.9, "
     "output_ likewise",
     0.15, "Ioffe and Szegedy 2015, Fig. 1"},
    {Quantity::kSaturation,
     "share of values whose derivative is below a tenth of its maximum; of units that are so for the whole batch; of "
     "outputs that are 0",
     "share", "saturated dead zero", 0.04, "Glorot and Bengio 2010, section 3"},
    {Quantity::kWeight, "Frobenius and spectral norm of the weights, and their distance from the initial ones",
     "weight", "weight_norm weight_spectral weight_distance", 0.5, "-"},
    {Quantity::kUpdate,
     "norm of the step, also as a share of the weights' norm; cosine with the step before; cosine of successive "
     "gradients",
     "weight, share, cosine", "update_norm update_ratio update_cosine gradient_cosine", 0.04,
     "Karpathy, cs231n: a ratio of 1e-3 is a rule of thumb"},
    {Quantity::kNormalization,
     "gamma and beta with their gradients' norms; batch means and deviations, their change from the batch before, and "
     "their distance from those of inference",
     "input",
     "gamma_mean gamma_sd gamma_min gamma_max gamma_gradient, beta_ likewise, batch_mean_mean batch_mean_sd "
     "batch_sd_mean batch_sd_sd batch_mean_change batch_sd_change inference_mean_distance inference_sd_distance",
     0.02, "Ioffe and Szegedy 2015"},
    {Quantity::kCovariance, "effective rank of the outputs' covariance; mean cosine between the outputs of two samples",
     "units, cosine", "effective_rank sample_cosine", 6, "Roy and Vetterli 2007"},
    {Quantity::kCovariateShift,
     "how far the gradient moves when the layers below have made their step on the same batch", "gradient, cosine",
     "covariate_shift covariate_cosine", 28, "Santurkar et al. 2018, definition 2.1"},
    {Quantity::kLandscape,
     "of the whole net: range of the loss and of the gradient's distance along the gradient, steps of 1/2 to 4 "
     "learning "
     "rates",
     "loss, gradient", "loss_low loss_high gradient_distance_low gradient_distance_high smoothness", 15,
     "Santurkar et al. 2018, Fig. 4"},
    {Quantity::kCurvature, "eigenvalue of largest magnitude of the Hessian's block of the weights; 2 over it",
     "loss per weight squared, learning rate", "curvature stable_rate", 1400, "LeCun et al. 1998, section 5"},
    {Quantity::kPrediction,
     "factor of the gradient norm from the layer above to this one: by mean-field theory, and measured (Frobenius)",
     "factor", "predicted_factor measured_factor", 0.02, "Schoenholz et al. 2017; Yang et al. 2019"},
}};

inline constexpr double kDearCost = 1;  ///< from here on, a run says so when it starts

/// What a quantity is made from: a config's net as training begins with it.
template <class T>
struct ObservedNet {
    const Config& config;
    const std::vector<LayerPlan>& plan;
    const std::vector<LayerView<T>>& layers;
};

/// Null where the quantity is not of single layers.
template <class T>
std::unique_ptr<LayerQuantity<T>> make_layer_quantity(Quantity quantity, const ObservedNet<T>& net);

/// Null where the quantity needs no passes of its own.
std::unique_ptr<StepQuantity> make_step_quantity(Quantity quantity);

}  // namespace bnrun
