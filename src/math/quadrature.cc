#include "math/quadrature.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "math/functions.h"

namespace bnrun {

namespace {

// On [-1, 1], symmetric, from the ends to the middle; every second one is a point of Gauss's rule.
constexpr std::array<double, 8> kPoints{0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                                        0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                                        0.586087235467691130294144691693120, 0.405845151377397166906606412076961,
                                        0.207784955007898467600689403773245, 0.000000000000000000000000000000000};
constexpr std::array<double, 8> kKronrodWeights{
    0.022935322010529224963732008058970, 0.063092092629978553290700663189204, 0.104790010322250183839876322541518,
    0.140653259715525918745189590510238, 0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
    0.204432940075298892414161999234649, 0.209482141084727828012999174891714};
constexpr std::array<double, 4> kGaussWeights{0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
                                              0.381830050505118944950369775488975, 0.417959183673469387755102040816327};

constexpr double kAgreement = 1e-10;
constexpr double kLeastShare = 1e-6;  ///< of E[f(u)^2], that E[f(u) f(v)] is resolved for
constexpr int kMostHalvings = 40;
constexpr double kReach = 12;  ///< deviations; beyond it is 4e-33 of a normal value
constexpr std::array<double, 7> kTurns{-30, -6, -1.5, 0, 1.5, 6, 30};  ///< values between which activations change

struct Estimate {
    double kronrod = 0;
    double gauss = 0;
    double size = 0;  ///< of |f|
};

Estimate estimate(const Function& f, double low, double high) {
    const double middle = 0.5 * (low + high);
    const double half = 0.5 * (high - low);
    Estimate sums;
    const auto add = [&](double value, std::size_t i) {
        sums.kronrod += kKronrodWeights[i] * value;
        sums.size += kKronrodWeights[i] * std::abs(value);
        if (i % 2 == 1) sums.gauss += kGaussWeights[i / 2] * value;
    };
    for (std::size_t i = 0; i < 7; ++i) {
        add(f(middle - half * kPoints[i]), i);
        add(f(middle + half * kPoints[i]), i);
    }
    add(f(middle), 7);
    return {half * sums.kronrod, half * sums.gauss, half * sums.size};
}

double halved(const Function& f, double low, double high, const Estimate& whole, double tolerance, int halvings) {
    const bool agrees = std::abs(whole.kronrod - whole.gauss) <= tolerance;
    if (agrees || halvings == kMostHalvings || !std::isfinite(whole.kronrod)) return whole.kronrod;
    const double middle = 0.5 * (low + high);
    const Estimate left = estimate(f, low, middle);
    const Estimate right = estimate(f, middle, high);
    return halved(f, low, middle, left, tolerance, halvings + 1) +
           halved(f, middle, high, right, tolerance, halvings + 1);
}

/// Over pieces between neighbouring bounds, with one tolerance for all.
/// @param size of |f|'s integral, at least: what is smaller by far is rounding
double integral_between(const Function& f, const std::vector<double>& bounds, double size = 0) {
    std::vector<Estimate> pieces;
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
        pieces.push_back(estimate(f, bounds[i], bounds[i + 1]));
        size += pieces.back().size;
    }
    double sum = 0;
    for (std::size_t i = 0; i < pieces.size(); ++i) {
        sum += halved(f, bounds[i], bounds[i + 1], pieces[i], kAgreement * size, 0);
    }
    return sum;
}

/// The z from -kReach to kReach between which mean + deviation z passes a turn, and the density's own steps.
/// @param width of a step of the integrand at the value 0, in z
std::vector<double> bounds_of(const NormalValue& u, double width = 0) {
    std::vector<double> bounds{-kReach, -6, -2, 2, 6, kReach};
    const auto add = [&](double z) {
        if (std::abs(z) < kReach) bounds.push_back(z);
    };
    for (const double turn : kTurns) add((turn - u.mean) / u.deviation);
    for (const double step : {-8.0, -2.0, 2.0, 8.0}) add(step * width - u.mean / u.deviation);
    std::sort(bounds.begin(), bounds.end());
    bounds.erase(std::unique(bounds.begin(), bounds.end()), bounds.end());
    return bounds;
}

double density(double z) { return 0.39894228040143267794 * elementary::exp(-0.5 * z * z); }

}  // namespace

double integral(const Function& f, double low, double high) { return integral_between(f, {low, high}); }

double normal_mean(const Function& f, const NormalValue& u) {
    if (!std::isfinite(u.mean) || !std::isfinite(u.deviation)) return std::numeric_limits<double>::quiet_NaN();
    if (u.deviation == 0) return f(u.mean);
    return integral_between([&](double z) { return density(z) * f(u.mean + u.deviation * z); }, bounds_of(u));
}

// With u = mean + deviation z: v = mean + deviation (correlation z + rest z'), z and z' apart.
double normal_pair_mean(const Function& f, const NormalValue& u, double correlation) {
    if (!std::isfinite(u.mean) || !std::isfinite(u.deviation)) return std::numeric_limits<double>::quiet_NaN();
    const double rest = std::sqrt(std::max(0.0, 1 - correlation * correlation));
    const double square = normal_mean([&](double value) { return f(value) * f(value); }, u);
    if (u.deviation == 0 || (correlation > 0 && rest < 1e-7)) return square;
    const auto at = [&](double z) {
        const double value = u.mean + u.deviation * z;
        const NormalValue other{u.mean + u.deviation * correlation * z, u.deviation * rest};
        return density(z) * f(value) * normal_mean(f, other);
    };
    return integral_between(at, bounds_of(u, rest), kLeastShare * square);
}

}  // namespace bnrun
