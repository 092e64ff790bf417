// What layers.csv says of a run's layers at one iteration, a line for each quantity.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/json_text.h"
#include "chart/text_chart.h"

namespace bnrun {

struct ShownQuantity {
    std::string name;
    std::vector<double> values;  ///< of each layer that has it, in the order of layers
    bool is_share = false;       ///< between 0 and 1, and drawn so; else on a log scale of its own
};

struct ShownLayers {
    std::int64_t epoch = 0;  ///< of the row; 0 where there is none
    std::int64_t iteration = 0;
    std::vector<ShownQuantity> quantities;  ///< of a run that observes them: saturation, update ratio, effective rank
};

/// The last row up to that place, of a run that has a layers.csv. Throws DataError where it cannot be read.
ShownLayers read_shown_layers(const std::string& directory, std::int64_t epoch, std::int64_t iteration);

/// Whole lines, each with the smallest and the largest value; empty without a quantity.
std::string show_layers_text(const ShownLayers& layers, const TextLook& look);

/// An object of lists; null for what is not finite.
OrderedJson show_layers_json(const ShownLayers& layers);

}  // namespace bnrun
