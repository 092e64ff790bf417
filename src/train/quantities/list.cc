#include "train/quantities/list.h"

#include "train/quantities/covariance.h"
#include "train/quantities/covariate_shift.h"
#include "train/quantities/curvature.h"
#include "train/quantities/distribution.h"
#include "train/quantities/landscape.h"
#include "train/quantities/normalization.h"
#include "train/quantities/prediction.h"
#include "train/quantities/saturation.h"
#include "train/quantities/update.h"
#include "train/quantities/weight.h"

namespace bnrun {

template <class T>
std::unique_ptr<LayerQuantity<T>> make_layer_quantity(Quantity quantity, const ObservedNet<T>& net) {
    switch (quantity) {
        case Quantity::kDistribution: return std::make_unique<Distribution<T>>(net.layers.size());
        case Quantity::kSaturation: return std::make_unique<Saturation<T>>(net.layers.size());
        case Quantity::kWeight: return std::make_unique<Weight<T>>(net.layers);
        case Quantity::kUpdate: return std::make_unique<Update<T>>(net.layers);
        case Quantity::kNormalization: return std::make_unique<NormalizationValues<T>>(net.layers);
        case Quantity::kCovariance: return std::make_unique<Covariance<T>>();
        case Quantity::kPrediction: return std::make_unique<Prediction<T>>(net.config, net.plan, net.layers);
        default: return nullptr;
    }
}

std::unique_ptr<StepQuantity> make_step_quantity(Quantity quantity) {
    switch (quantity) {
        case Quantity::kCovariateShift: return std::make_unique<CovariateShift>();
        case Quantity::kLandscape: return std::make_unique<Landscape>();
        case Quantity::kCurvature: return std::make_unique<Curvature>();
        default: return nullptr;
    }
}

template std::unique_ptr<LayerQuantity<float>> make_layer_quantity(Quantity, const ObservedNet<float>&);
template std::unique_ptr<LayerQuantity<double>> make_layer_quantity(Quantity, const ObservedNet<double>&);

}  // namespace bnrun
