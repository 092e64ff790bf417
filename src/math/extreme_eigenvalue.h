// The eigenvalue of largest magnitude of a symmetric map that is known by its products alone.
#pragma once

#include <functional>

#include "math/matrix.h"

namespace bnrun {

/// product = A v, v of length 1
using SymmetricMap = std::function<void(const Vector<double>& v, Vector<double>& product)>;

struct ExtremeEigenvalue {
    double value = 0;  ///< with its sign
    bool converged = false;
};

/// Lanczos from a fixed random vector with full reorthogonalization (Golub and Van Loan, 10.1), begun again from the
/// Ritz vector where the basis is full. It has converged where the Ritz pair's residual is 1e-6 of its value, which is
/// then right to about the square of that over the distance to the next eigenvalue. NaN where a product is not finite.
ExtremeEigenvalue extreme_eigenvalue(Index size, const SymmetricMap& map);

}  // namespace bnrun
