#include "base/student.h"

#include <cmath>
#include <numbers>

#include "base/statistics.h"

namespace bnrun {
namespace {

/// With a = atan(t/sqrt(n)), the sum of a finite series in powers of cos a.
double share_within(double angle, std::size_t degrees) {
    const double sine = std::sin(angle);
    const double cosine = std::cos(angle);
    const bool is_odd = degrees % 2 == 1;
    double term = is_odd ? cosine : 1;
    double sum = 0;
    for (std::size_t k = is_odd ? 1 : 0; k + 2 <= degrees; k += 2) {  // k is the power of cos a
        sum += term;
        const auto power = static_cast<double>(k);
        term *= cosine * cosine * (power + 1) / (power + 2);
    }
    return is_odd ? 2 / std::numbers::pi * (angle + sine * sum) : sine * sum;
}

}  // namespace

double student_share(double t, std::size_t degrees) {
    return share_within(std::atan(t / std::sqrt(static_cast<double>(degrees))), degrees);
}

double student_bound(double share, std::size_t degrees) {
    constexpr int kHalvings = 100;
    double low = 0;
    double high = std::numbers::pi / 2;
    for (int i = 0; i < kHalvings; ++i) {
        const double middle = (low + high) / 2;
        (share_within(middle, degrees) < share ? low : high) = middle;
    }
    return std::tan(low) * std::sqrt(static_cast<double>(degrees));
}

std::optional<MeanInterval> mean_interval(const std::vector<double>& values, double share) {
    const Spread spread = spread_of(values);
    if (spread.count < 2) return std::nullopt;
    const double root = std::sqrt(static_cast<double>(spread.count));
    return MeanInterval{spread.mean, student_bound(share, spread.count - 1) * spread.deviation / root};
}

}  // namespace bnrun
