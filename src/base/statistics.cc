#include "base/statistics.h"

#include <fmt/format.h>

#include <cmath>

namespace bnrun {

Spread spread_of(const std::vector<double>& values) {
    Spread spread;
    double sum = 0;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        sum += value;
        ++spread.count;
    }
    if (spread.count == 0) return spread;
    spread.mean = sum / static_cast<double>(spread.count);
    double squares = 0;
    for (const double value : values) {
        if (std::isfinite(value)) squares += (value - spread.mean) * (value - spread.mean);
    }
    if (spread.count > 1) spread.deviation = std::sqrt(squares / static_cast<double>(spread.count - 1));
    return spread;
}

std::string spread_text(const Spread& spread) {
    if (spread.count == 0) return "–";
    if (spread.count == 1) return fmt::format("{:.4f}", spread.mean);
    return fmt::format("{:.4f} ± {:.4f}", spread.mean, spread.deviation);
}

}  // namespace bnrun
