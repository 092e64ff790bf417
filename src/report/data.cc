#include "report/data.h"

#include <algorithm>

#include "settings/point_names.h"

namespace bnrun {

std::string ReportRun::setting(const std::string& key) const {
    const auto found =
        std::find_if(settings.begin(), settings.end(), [&](const auto& pair) { return pair.first == key; });
    return found == settings.end() ? "" : value_text(found->second);
}

std::size_t ReportRun::layers() const {
    return logged.iterations.empty() ? 0 : logged.iterations.front().gradient_norms.size();
}

std::vector<std::size_t> ReportData::one_of_each() const {
    std::vector<std::size_t> picked;
    for (const ReportGroup& group : groups) {
        const auto logged = std::find_if(group.runs.begin(), group.runs.end(),
                                         [&](std::size_t run) { return !runs[run].logged.iterations.empty(); });
        picked.push_back(logged == group.runs.end() ? group.runs.front() : *logged);
    }
    return picked;
}

}  // namespace bnrun
