// An iteration of a small net in float64, as quantities with passes of their own see it.
#pragma once

#include <cstdint>
#include <vector>

#include "support/matrices.h"
#include "train/quantities/quantity.h"

namespace bnrun {

/// Of a net of two hidden layers, 4-3-3-2 with tanh; parameters before and after the step are drawn.
class ObservedStep {
  public:
    ObservedStep() {
        std::uint32_t number = 1;
        for (const NamedTensor<double>& parameter : network_.parameters()) {
            before.push_back(normal_matrix(parameter.value->rows(), parameter.value->cols(), 0, 0.8, number++));
            after.push_back(before.back() +
                            normal_matrix(before.back().rows(), before.back().cols(), 0, 0.1, number++));
        }
    }

    Step step() { return {network_, x_, labels_.data(), {}, 0.25, before, after, layers}; }

    /// The mean loss at the values, and the gradient of each parameter.
    double pass_at(const ParameterValues& values, ParameterValues& gradients) {
        const auto parameters = network_.parameters();
        for (std::size_t i = 0; i < values.size(); ++i) *parameters[i].value = values[i];
        const double loss = network_.forward(x_, labels_.data(), {}).loss;
        network_.backward();
        gradients.clear();
        for (const NamedTensor<double>& parameter : parameters) gradients.push_back(*parameter.gradient);
        return loss;
    }

    ParameterValues before;  ///< weight and bias of each layer, first layer first
    ParameterValues after;
    std::vector<std::int64_t> layers;

  private:
    static Config config() {
        Config config;
        config.precision = Precision::kFloat64;
        config.model.hidden = {3, 3};
        config.model.activation = Activation::kTanh;
        return config;
    }

    ThreadTeam team_{1};
    Network<double> network_{{4}, 2, config(), team_};
    Panels<double> x_{normal_matrix(4, 5, 0, 1)};
    std::vector<std::uint8_t> labels_{0, 1, 1, 0, 1};
};

}  // namespace bnrun
