#include "report/show_verdict.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "chart/scale.h"

namespace bnrun {
namespace {

constexpr double kLarge = 10;  ///< a ratio of first and last hidden layer that matters

constexpr std::array<const char*, 6> kFlowNames{"unknown", "even", "vanishing", "exploding", "zero", "not finite"};

}  // namespace

Verdict verdict_of(const std::vector<double>& norms) {
    const auto bad = std::find_if(norms.begin(), norms.end(), [](double norm) { return !(std::isfinite(norm)); });
    const auto none = std::find(norms.begin(), norms.end(), 0.0);
    if (bad != norms.end()) return {GradientFlow::kNotFinite, 1, static_cast<std::size_t>(bad - norms.begin()) + 1};
    if (none != norms.end()) return {GradientFlow::kZero, 1, static_cast<std::size_t>(none - norms.begin()) + 1};
    if (norms.size() < 3) return {};
    const std::size_t hidden = norms.size() - 1;
    const double decades = std::log10(norms[hidden - 1]) - std::log10(norms.front());
    const double ratio = norms[hidden - 1] / norms.front();
    const double steps = static_cast<double>(hidden - 1);
    const bool holds = ratio > 0 && std::isfinite(ratio);  // else it is beyond what a double can hold
    Verdict verdict{GradientFlow::kEven, holds ? std::pow(ratio, 1 / steps) : std::pow(10.0, decades / steps), 0};
    if (decades > std::log10(kLarge)) verdict.flow = GradientFlow::kVanishing;
    if (decades < -std::log10(kLarge)) verdict.flow = GradientFlow::kExploding;
    return verdict;
}

std::string flow_name(GradientFlow flow) { return kFlowNames.at(static_cast<std::size_t>(flow)); }

std::string verdict_text(const Verdict& verdict) {
    switch (verdict.flow) {
        case GradientFlow::kUnknown: return "one hidden layer: nothing to compare";
        case GradientFlow::kZero: return fmt::format("zero: layer {} gets no gradient", verdict.layer);
        case GradientFlow::kNotFinite: return fmt::format("not finite: layer {}'s gradient", verdict.layer);
        case GradientFlow::kExploding: return fmt::format("exploding: ×{} a layer", factor_text(1 / verdict.factor));
        case GradientFlow::kEven:
        case GradientFlow::kVanishing: break;
    }
    return fmt::format("{}: ×{} a layer", flow_name(verdict.flow), factor_text(verdict.factor));
}

std::string factor_cell(const Verdict& verdict) {
    switch (verdict.flow) {
        case GradientFlow::kUnknown:
        case GradientFlow::kZero:
        case GradientFlow::kNotFinite: return "–";
        case GradientFlow::kEven:
        case GradientFlow::kVanishing:
        case GradientFlow::kExploding: break;
    }
    return "×" + factor_text(verdict.factor);
}

std::string factor_text(double factor) {
    if (factor >= 10 && factor < 1e4) return fmt::format("{:.0f}", factor);
    return number_label(factor, factor < 2 ? 3 : 2);
}

}  // namespace bnrun
