// How the gradient's size goes from layer to layer, in a number and a word.
#pragma once

#include <string>
#include <vector>

namespace bnrun {

enum class GradientFlow {
    kUnknown,    ///< fewer than two hidden layers
    kEven,       ///< the first and the last hidden layer are within a factor of 10 of each other
    kVanishing,  ///< the first hidden layer's norm is less than a tenth of the last one's
    kExploding,  ///< it is more than ten times the last one's
    kZero,       ///< a layer gets no gradient at all
    kNotFinite,
};

struct Verdict {
    GradientFlow flow = GradientFlow::kUnknown;
    double factor = 1;      ///< from a hidden layer to the one above it: the geometric mean over neighbours
    std::size_t layer = 0;  ///< of kZero and kNotFinite: the first such layer, from 1
};

/// @param norms of each weight layer's gradient, first layer first, the output layer last. The mean over neighbours
/// of n hidden layers is (norm of the last / norm of the first)^(1 / (n - 1)).
Verdict verdict_of(const std::vector<double>& norms);

/// `vanishing`, or what else the flow is called.
std::string flow_name(GradientFlow flow);

/// `vanishing: ×4.3 a layer`: by how much the norm shrinks from layer to layer on the way down to the data; of
/// `exploding`, by how much it grows.
std::string verdict_text(const Verdict& verdict);

/// `×4.3`; a dash where there is no factor.
std::string factor_cell(const Verdict& verdict);

/// `4.3`, `1.45`, `120`: two digits from 2 on, whole numbers from 10 to 10,000.
std::string factor_text(double factor);

}  // namespace bnrun
