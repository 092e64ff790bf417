#include "train/quantities/quantity.h"

#include <algorithm>

namespace bnrun {

bool Step::wants(std::int64_t layer) const {
    return layers.empty() || std::find(layers.begin(), layers.end(), layer) != layers.end();
}

void Step::set(const ParameterValues& values) const {
    std::vector<NamedTensor<double>> parameters = network.parameters();
    for (std::size_t i = 0; i < parameters.size(); ++i) *parameters[i].value = values[i];
}

double Step::pass() const {
    const double loss = network.forward(x, labels, batch).loss;
    network.backward();
    return loss;
}

}  // namespace bnrun
