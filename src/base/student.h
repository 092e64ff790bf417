// Student's t distribution, by which few seeds give an interval for a mean.
#pragma once

#include <cstddef>
#include <optional>
#include <vector>

namespace bnrun {

/// P(|T| < t) for t >= 0 and n >= 1 degrees of freedom: Abramowitz and Stegun, 26.7.3 and 26.7.4.
double student_share(double t, std::size_t degrees);

/// The t with P(|T| < t) = share, 0 < share < 1; to about 1e-12 relative.
double student_bound(double share, std::size_t degrees);

struct MeanInterval {
    double mean = 0;
    double half_width = 0;
};

/// mean ± t s/sqrt(n), with s the sample's standard deviation and n - 1 degrees of freedom, of the finite values; none
/// below two.
std::optional<MeanInterval> mean_interval(const std::vector<double>& values, double share);

}  // namespace bnrun
