// The largest singular value of a matrix, without a singular value decomposition.
#pragma once

#include "base/types.h"

namespace bnrun {

/// Lanczos on A^T A from a fixed random vector, with full reorthogonalization (Golub and Van Loan, 10.1), then the
/// Rayleigh quotient |Ay| / |y| of the Ritz vector y in float64 (in T, if wider). Stops when the residual r of the Ritz
/// pair bounds the eigenvalue's error, (theta_1 - theta_j) + r^2 / (theta_1 - theta_j+1) for the best j, by 1e-7
/// (float) or 1e-12 (double) of theta_1, or when the Krylov space is exhausted. Relative error at most 1e-6 or 1e-10.
/// 0 for a zero matrix; NaN where an entry is NaN, infinity where one is infinite.
template <class T>
double spectral_norm(const Matrix<T>& a);

}  // namespace bnrun
