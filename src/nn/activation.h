// Activation functions and their derivatives, written in terms of the function's output.
#pragma once

#include "base/config.h"
#include "base/types.h"

namespace bnrun {

inline constexpr double kLeakySlope = 0.01;
inline constexpr double kTanhOptScale = 1.7159;  ///< LeCun et al., "Efficient BackProp", 1998
inline constexpr double kTanhOptSlope = 2.0 / 3;

/// y = act(x) for the given rows. (units, batch); y may be x.
template <class T>
void activate(Activation activation, const Matrix<T>& x, Matrix<T>& y, Rows rows);

/// d *= act'(x), given y = act(x), for the given rows. relu' is 0 and leaky_relu' is 0.01 at x = 0.
template <class T>
void multiply_by_derivative(Activation activation, const Matrix<T>& y, Matrix<T>& d, Rows rows);

}  // namespace bnrun
