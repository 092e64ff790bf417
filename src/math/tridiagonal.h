// The largest eigenpair of the small tridiagonal matrices that Lanczos builds.
#pragma once

#include <vector>

namespace bnrun {

/// Symmetric, with positive numbers beside the diagonal: beside[k] couples k and k + 1; further ones are not looked at.
struct Tridiagonal {
    std::vector<double> diagonal;
    std::vector<double> beside;
};

struct Eigenpair {
    double value = 0;
    std::vector<double> vector;  ///< of length 1; no entry is negative
};

/// Laguerre's iteration from above, which falls to the largest root monotonically, on the pivots of x - T; then the
/// vector from the twisted factorization of value - T (Dhillon and Parlett, Linear Algebra Appl. 387, 2004).
Eigenpair largest_eigenpair(const Tridiagonal& matrix);

}  // namespace bnrun
