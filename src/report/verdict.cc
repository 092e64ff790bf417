#include "report/verdict.h"

#include <cmath>
#include <limits>

#include "chart/scale.h"

namespace bnrun {

std::optional<double> factor_of(const std::vector<double>& norms) {
    if (norms.size() < 3) return std::nullopt;
    const double first = norms.front();
    const double last = norms[norms.size() - 2];
    if (!std::isfinite(first) || !std::isfinite(last) || !(first > 0 || last > 0)) return std::nullopt;
    if (!(first > 0)) return std::numeric_limits<double>::infinity();
    // The product of the ratios of neighbours is the ratio of the ends.
    return std::exp((std::log(last) - std::log(first)) / static_cast<double>(norms.size() - 2));
}

std::string verdict_of(const std::optional<double>& factor) {
    if (!factor) return "unknown";
    if (*factor >= kNotableFactor) return "vanishing";
    return *factor <= 1 / kNotableFactor ? "exploding" : "even";
}

std::string factor_text(const std::optional<double>& factor) {
    return factor ? "×" + number_label(*factor) : std::string("–");
}

}  // namespace bnrun
