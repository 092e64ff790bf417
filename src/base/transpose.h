// Turns rows into columns, so that a layer's output serves the product forward and the one for the weights' gradient.
#pragma once

#include "base/types.h"

namespace bnrun {

/// Columns of out (n, m) = the given rows of in (m, n).
template <class T>
void transpose(const Matrix<T>& in, Matrix<T>& out, Rows rows);

}  // namespace bnrun
