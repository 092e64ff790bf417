#include "base/nearest.h"

#include <algorithm>
#include <numeric>

namespace bnrun {

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) return limit;
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        std::size_t least = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({substituted, row[j] + 1, row[j - 1] + 1});
            least = std::min(least, row[j]);
        }
        if (least >= limit) return limit;  // no later row has a smaller one
    }
    return std::min(row[b.size()], limit);
}

std::string nearest(std::string_view name, const std::vector<std::string>& candidates) {
    name = name.substr(0, kLongestName);
    const auto closer = [&](const std::string& a, const std::string& b) {
        return edit_distance(name, a) < edit_distance(name, b);
    };
    const auto best = std::min_element(candidates.begin(), candidates.end(), closer);
    return best == candidates.end() ? std::string() : *best;
}

}  // namespace bnrun
