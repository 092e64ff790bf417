#include "experiment/check_gradients.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "experiment/inputs.h"
#include "train/check_fit.h"
#include "train/gradcheck.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

std::string table_text(const std::vector<GradcheckRow>& rows) {
    std::string text = fmt::format("{:<24}{:>8}{:>10}{:>16}{:>10}{:>20}{:>20}\n", "tensor", "checked", "unjudged",
                                   "relative error", "entry", "back-propagated", "difference");
    for (const GradcheckRow& row : rows) {
        text += fmt::format("{:<24}{:>8}{:>10}", row.tensor, row.checked, row.unjudged);
        text += row.unjudged == row.checked ? fmt::format("{:>16}{:>10}{:>20}{:>20}\n", "-", "-", "-", "-")
                                            : fmt::format("{:>16.1e}{:>10}{:>20.10g}{:>20.10g}\n", row.relative_error,
                                                          row.entry, row.back_propagated, row.difference);
    }
    return text;
}

/// What the verdict does not speak of, or nothing.
std::string unjudged_text(const std::vector<GradcheckRow>& rows) {
    std::int64_t checked = 0;
    std::int64_t unjudged = 0;
    for (const GradcheckRow& row : rows) {
        checked += row.checked;
        unjudged += row.unjudged;
    }
    if (unjudged == 0) return "";
    return fmt::format("; {} of {} entries could not be judged: they are below the noise of their difference", unjudged,
                       checked);
}

bool judged_none(const GradcheckRow& row) { return row.unjudged == row.checked; }

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
    if (rows.empty()) throw ConfigError("gradcheck: the network has no parameter to check");
    if (std::all_of(rows.begin(), rows.end(), judged_none)) {
        reporter.table(table_text(rows) + "cannot tell" + unjudged_text(rows) + "\n");
        return;
    }
    const auto worst = std::max_element(rows.begin(), rows.end(), less_wrong);
    const bool passed = worst->relative_error <= kGradcheckLimit;
    const std::string verdict = fmt::format("largest relative error {:.1e} at {}[{}] (limit {:.0e})",
                                            worst->relative_error, worst->tensor, worst->entry, kGradcheckLimit);
    reporter.table(table_text(rows) + verdict + (passed ? ": passed" : ": failed") + unjudged_text(rows) + "\n");
    if (!passed) throw Error(ExitCode::kDifferent, "gradcheck: " + verdict);
}

}  // namespace bnrun
