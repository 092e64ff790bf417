// The largest singular value of a matrix, without a singular value decomposition.
#pragma once

#include "math/matrix.h"

namespace bnrun {

/// Right to 1e-6 relative (float) or 1e-10 (double) for every finite matrix, tiny and huge ones too;
/// scripts/spectral_norm_accuracy.sh measures 5e-7 and 2e-11 at worst. 0 for a zero matrix; NaN where an entry is NaN,
/// infinity where one is infinite.
///
/// Lanczos on A^T A from a fixed random vector, with full reorthogonalization (Golub and Van Loan, 10.1), then the
/// Rayleigh quotient |Ay| / |y| of the Ritz vector y in float64. It ends where the Ritz pair's residual, within which
/// an eigenvalue lies (Parlett, 4.5), is 1e-10 (float) or 1e-14 (double) of its value, or where the basis spans the
/// whole space.
template <class T>
double spectral_norm(const Matrix<T>& a);

}  // namespace bnrun
