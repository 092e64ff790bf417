// What a quantity is called, in every format.
#pragma once

#include <cstddef>
#include <string>

namespace bnrun {

inline constexpr const char* kGradientTag = "gradient";  ///< norm of a layer's weight gradient
inline constexpr const char* kLowTag = "activation_min";
inline constexpr const char* kHighTag = "activation_max";

/// `gradient/layer_1` for the first layer, which is layer 0 here.
inline std::string layer_tag(const char* name, std::size_t layer) {
    return std::string(name) + "/layer_" + std::to_string(layer + 1);
}

/// A column of layers.csv, such as `input_mean/layer_3`: its quantity, and its layer, 0 for the whole net.
struct LayerColumn {
    std::string quantity;
    std::size_t layer = 0;
};

/// Throws DataError where a name is none that a quantity can have. @param path names the table in the message
LayerColumn layer_column(const std::string& column, const std::string& path);

}  // namespace bnrun
