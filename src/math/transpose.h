// Turns rows into columns, so that a layer's output serves the product forward and the one for the weights' gradient.
#pragma once

#include "math/matrix.h"

namespace bnrun {

/// out(j, i) = in(i, j) for i < rows, j < columns; the rows of `in` and `out` begin a step apart.
template <class T>
void transpose(const T* in, Index in_step, Index rows, Index columns, T* out, Index out_step);

}  // namespace bnrun
