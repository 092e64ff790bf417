// The weights that a layer computes with.
#pragma once

#include "nn/layers/weight_norm.h"
#include "nn/network.h"

namespace bnrun {

/// (out, in). @param room where they are made, with weight normalization
template <class T>
const Matrix<T>& weights_in_effect(const LayerView<T>& layer, Matrix<T>& room) {
    if (layer.magnitude == nullptr) return *layer.weight->value;
    Vector<T> unused;
    normalize_rows(*layer.weight->value, *layer.magnitude->value, room, unused);
    return room;
}

}  // namespace bnrun
