#include "report/ranking.h"

#include <algorithm>
#include <limits>

#include "base/statistics.h"
#include "report/averages.h"

namespace bnrun {
namespace {

bool any_validates(const ReportData& data) {
    return std::any_of(data.runs.begin(), data.runs.end(), [](const ReportRun& run) { return run.validation_error; });
}

}  // namespace

std::optional<double> ReportRun::*ranking_error(const ReportData& data) {
    return any_validates(data) ? &ReportRun::validation_error : &ReportRun::test_error;
}

std::string ranking_name(const ReportData& data) { return any_validates(data) ? "validation error" : "test error"; }

std::vector<std::size_t> ranked(const ReportData& data) {
    std::vector<double> means;
    std::vector<std::size_t> order;
    for (const ReportGroup& group : data.groups) {
        const Spread spread = spread_of(errors_of(data, group, ranking_error(data)));
        means.push_back(spread.count == 0 ? std::numeric_limits<double>::infinity() : spread.mean);
        order.push_back(order.size());
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return means[a] < means[b]; });
    return order;
}

}  // namespace bnrun
