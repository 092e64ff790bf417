#include "math/tridiagonal.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace bnrun {

namespace {

constexpr int kMostSteps = 200;
constexpr double kAccuracy = 4 * std::numeric_limits<double>::epsilon();

/// No eigenvalue is larger (Gershgorin).
double upper_bound(const Tridiagonal& t) {
    const std::size_t n = t.diagonal.size();
    double bound = t.diagonal[0];
    for (std::size_t i = 0; i < n; ++i) {
        const double left = i > 0 ? t.beside[i - 1] : 0;
        const double right = i + 1 < n ? t.beside[i] : 0;
        bound = std::max(bound, t.diagonal[i] + left + right);
    }
    return bound;
}

/// How far Laguerre's iteration falls from x, or 0 where x is no longer above every eigenvalue. The pivots d of x - T
/// and their derivatives give p'/p and p''/p of the characteristic polynomial p.
double laguerre_step(const Tridiagonal& t, double x) {
    double d = x - t.diagonal[0];
    double first = 1;
    double second = 0;
    double slope = 0;  // sum of 1 / (x - eigenvalue)
    double bend = 0;   // sum of 1 / (x - eigenvalue)^2
    for (std::size_t i = 0;; ++i) {
        if (!(d > 0)) return 0;
        const double ratio = first / d;
        slope += ratio;
        bend += ratio * ratio - second / d;
        if (i + 1 == t.diagonal.size()) break;
        const double coupling = t.beside[i] * t.beside[i] / d;
        second = coupling / d * (second - 2 * first * ratio);
        first = 1 + coupling * ratio;
        d = x - t.diagonal[i + 1] - coupling;
    }
    const auto n = static_cast<double>(t.diagonal.size());
    return n / (slope + std::sqrt(std::max(0.0, (n - 1) * (n * bend - slope * slope))));
}

/// Not below it by more than rounding. The last step may end below by rounding alone: it is shortened by a little more
/// than that, and by more each time that this is not enough.
double largest_eigenvalue(const Tridiagonal& t) {
    double above = upper_bound(t);
    double shortening = kAccuracy * std::abs(above);
    double fall = laguerre_step(t, above);
    for (int step = 0; step < kMostSteps && fall > kAccuracy * std::abs(above); ++step) {
        const double next = laguerre_step(t, above - fall);
        if (next > 0) {
            above -= fall;
            fall = next;
        } else {
            fall -= shortening;
            shortening *= 4;
        }
    }
    return above;
}

/// Pivots of value - T from the front; `reversed` from the back.
std::vector<double> pivots(const Tridiagonal& t, double value, bool reversed) {
    const std::size_t n = t.diagonal.size();
    std::vector<double> result(n);
    for (std::size_t k = 0; k < n; ++k) {
        const std::size_t i = reversed ? n - 1 - k : k;
        const double beside = k == 0 ? 0 : t.beside[reversed ? i : i - 1];
        const double before = k == 0 ? 1 : result[reversed ? i + 1 : i - 1];
        const double pivot = value - t.diagonal[i] - beside * beside / before;
        result[i] = std::max(pivot, kAccuracy / 8 * std::abs(value));  // rounding may take a vanishing one below 0
    }
    return result;
}

}  // namespace

Eigenpair largest_eigenpair(const Tridiagonal& t) {
    const std::size_t n = t.diagonal.size();
    Eigenpair pair{largest_eigenvalue(t), std::vector<double>(n)};
    const std::vector<double> front = pivots(t, pair.value, false);
    const std::vector<double> back = pivots(t, pair.value, true);
    const auto residual = [&](std::size_t i) { return std::abs(front[i] + back[i] - (pair.value - t.diagonal[i])); };
    std::size_t twist = 0;
    for (std::size_t i = 1; i < n; ++i) {
        if (residual(i) < residual(twist)) twist = i;
    }
    pair.vector[twist] = 1;
    for (std::size_t i = twist; i-- > 0;) pair.vector[i] = pair.vector[i + 1] * (t.beside[i] / front[i]);
    for (std::size_t i = twist + 1; i < n; ++i) pair.vector[i] = pair.vector[i - 1] * (t.beside[i - 1] / back[i]);
    double squares = 0;
    for (const double entry : pair.vector) squares += entry * entry;
    for (double& entry : pair.vector) entry /= std::sqrt(squares);
    return pair;
}

}  // namespace bnrun
