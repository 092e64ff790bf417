// Mean products of the values that two samples have in the same units of a wide layer: what mean-field theory follows
// through a net (Poole et al. 2016, Schoenholz et al. 2017).
#pragma once

#include <cstdint>
#include <vector>

#include "base/config.h"
#include "math/panels.h"

namespace bnrun {

struct Kernel {
    double square = 0;  ///< of a sample with itself
    double same = 0;    ///< with another sample of its class
    double other = 0;   ///< with a sample of another class
};

Kernel operator*(const Kernel& kernel, double factor);
Kernel operator*(const Kernel& a, const Kernel& b);  ///< entry by entry, as is +
Kernel operator+(const Kernel& a, const Kernel& b);
Kernel operator+(const Kernel& kernel, double shift);

/// A batch in which all classes are equally frequent.
struct BatchPairs {
    double samples = 0;
    double classes = 0;

    /// Over all samples that a sample may be paired with but itself.
    [[nodiscard]] double mean_of_pairs(const Kernel& kernel) const;
    /// The same with itself.
    [[nodiscard]] double mean(const Kernel& kernel) const;
};

/// The values of a layer: their kernel, and their mean over units, the same for each sample.
struct Signal {
    Kernel kernel;
    double mean = 0;
};

/// The moments of a batch's images as the net gets them. A batch without a pair of one class has `other` for `same`.
/// @param x (features, samples)
template <class T>
Signal signal_of(const Panels<T>& x, const std::vector<std::uint8_t>& labels);

/// act(x), act'(x) in float64. prelu has its first slope, and relu' is 0 at 0.
double activation_at(Activation activation, double x);
double derivative_at(Activation activation, double x);

/// E[act(u) act(v)] for u and v of normal values.
Signal activated(Activation activation, const Signal& values);
/// E[act'(u) act'(v)]
Kernel slopes(Activation activation, const Signal& values);

}  // namespace bnrun
