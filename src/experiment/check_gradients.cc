#include "experiment/check_gradients.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "experiment/inputs.h"
#include "train/gradcheck.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

std::string table_text(const std::vector<GradcheckRow>& rows) {
    std::string text = fmt::format("{:<24}{:>8}{:>16}{:>10}{:>20}{:>20}\n", "tensor", "checked", "relative error",
                                   "entry", "back-propagated", "difference");
    for (const GradcheckRow& row : rows) {
        text += fmt::format("{:<24}{:>8}{:>16.1e}{:>10}{:>20.10g}{:>20.10g}\n", row.tensor, row.checked,
                            row.relative_error, row.entry, row.back_propagated, row.difference);
    }
    return text;
}

/// NaN counts as larger than any number.
bool less_wrong(const GradcheckRow& a, const GradcheckRow& b) {
    if (std::isnan(a.relative_error)) return false;
    return std::isnan(b.relative_error) || a.relative_error < b.relative_error;
}

}  // namespace

void check_gradients(Config config, int threads, Reporter& reporter) {
    config.precision = Precision::kFloat64;
    const TensorMap initial = read_initial_values(config);
    const Dataset dataset = load_reported(config, reporter);
    check_fit(config, dataset, initial);
    ThreadTeam team(threads);
    const std::vector<GradcheckRow> rows = gradcheck(config, dataset, initial, team);
    const auto worst = std::max_element(rows.begin(), rows.end(), less_wrong);
    if (worst == rows.end()) throw ConfigError("gradcheck: the network has no parameter to check");
    const bool passed = worst->relative_error <= kGradcheckLimit;
    const std::string verdict = fmt::format("largest relative error {:.1e} at {}[{}] (limit {:.0e})",
                                            worst->relative_error, worst->tensor, worst->entry, kGradcheckLimit);
    reporter.table(table_text(rows) + verdict + (passed ? ": passed\n" : ": failed\n"));
    if (!passed) throw Error(ExitCode::kDifferent, "gradcheck: " + verdict);
}

}  // namespace bnrun
