#include "experiment/diff_tolerance.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "base/error.h"
#include "files/sweep_summary.h"

namespace bnrun {

bool Tolerance::holds(double a, double b) const {
    if (a == b || (std::isnan(a) && std::isnan(b))) return true;
    if (!std::isfinite(a) || !std::isfinite(b)) return false;
    return std::abs(a - b) <= absolute + relative * std::max(std::abs(a), std::abs(b));
}

Tolerances::Tolerances(double relative, double absolute)
    : rules_{{"", "", &Tolerance::relative, relative, "", true}, {"", "", &Tolerance::absolute, absolute, "", true}} {}

void Tolerances::add(const char* option, double Tolerance::*part, const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
        const std::size_t equals = text.rfind('=');
        const std::string name = equals == std::string::npos ? "" : text.substr(0, equals);
        const std::optional<double> value = as_number(equals == std::string::npos ? text : text.substr(equals + 1));
        if (!value || !(*value >= 0) || equals == 0) {
            throw ConfigError(fmt::format(
                "{} {}: expected a number that is not negative, or COLUMN=X, such as test_error=0.01", option, text));
        }
        const std::size_t dot = name.find('.');
        const bool has_table = dot != std::string::npos;
        rules_.push_back({has_table ? name.substr(0, dot) : "", has_table ? name.substr(dot + 1) : name, part, *value,
                          fmt::format("{} {}", option, text), name.empty()});
    }
}

bool Tolerances::fits(const Rule& rule, std::string_view table, std::string_view column) {
    if (!rule.table.empty() && rule.table != table) return false;
    if (rule.column.ends_with('*')) return column.starts_with(rule.column.substr(0, rule.column.size() - 1));
    return rule.column.empty() || rule.column == column;
}

Tolerance Tolerances::of(std::string_view table, std::string_view column) const {
    Tolerance tolerance;
    for (const Rule& rule : rules_) {
        if (!fits(rule, table, column)) continue;
        tolerance.*(rule.part) = rule.value;
        rule.is_used = true;
    }
    return tolerance;
}

void Tolerances::check_all_used() const {
    for (const Rule& rule : rules_) {
        if (!rule.is_used) throw ConfigError(rule.given + ": no table that is compared has such a column");
    }
}

}  // namespace bnrun
