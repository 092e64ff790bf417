// The largest singular value of a matrix, without a singular value decomposition.
#pragma once

#include "base/types.h"

namespace bnrun {

/// Lanczos on A^T A from a fixed random vector, with full reorthogonalization (Golub and Van Loan, 10.1), then the
/// Rayleigh quotient |Ay| / |y| of the Ritz vector y in float64. An eigenvalue of A^T A lies within the Ritz pair's
/// residual of the Ritz value (Parlett, 4.5); the iteration stops when that is 1e-6 (float) or 1e-10 (double) of it,
/// which makes half as much of the singular value, or when the Krylov space is exhausted.
/// 0 for a zero matrix; NaN where an entry is NaN, infinity where one is infinite.
template <class T>
double spectral_norm(const Matrix<T>& a);

}  // namespace bnrun
