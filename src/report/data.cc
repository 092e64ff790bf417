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

}  // namespace bnrun
