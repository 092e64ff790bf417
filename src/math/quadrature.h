// Means of functions of normal values, by adaptive quadrature: what mean-field theory is made of.
#pragma once

#include <array>
#include <functional>

namespace bnrun {

using Function = std::function<double(double)>;

/// The integral of f from low to high. Intervals are halved until the rules of Gauss (7 points) and Kronrod (15)
/// agree to 1e-10 of the integral of |f| (Piessens et al., "QUADPACK", 1983); Kronrod's is then closer by far.
double integral(const Function& f, double low, double high);

/// A normal value's mean and standard deviation; a deviation of 0 makes it a number.
struct NormalValue {
    double mean = 0;
    double deviation = 1;
};

/// E[f(u)]. f grows no faster than a power and is smooth but at 0, where it may have a kink or a step. Relative error
/// at most 1e-10 where f does not change its sign. NaN where `u` is not finite.
double normal_mean(const Function& f, const NormalValue& u);

/// E[f(u) f(v)] of two values like `u` with the given correlation, in [-1, 1]. Near 0, where f has no mean, the error
/// is at most 1e-16 of E[f(u)^2].
double normal_pair_mean(const Function& f, const NormalValue& u, double correlation);

}  // namespace bnrun
