#include "report/figures/list.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"

namespace bnrun {

std::vector<std::string> figure_names() {
    std::vector<std::string> names;
    for (const FigureKind& kind : kFigures) names.emplace_back(kind.name);
    return names;
}

std::vector<DrawnFigure> draw_figures(const ReportData& data, std::int64_t step,
                                      const std::vector<std::string>& names) {
    std::vector<DrawnFigure> drawn;
    for (const FigureKind& kind : kFigures) {
        const bool is_named = std::find(names.begin(), names.end(), kind.name) != names.end();
        if (!names.empty() && !is_named) continue;
        std::optional<Figure> figure = kind.draw(data, step);
        if (is_named && !figure) {
            throw ConfigError(fmt::format("--figure {}: shows {}; name such", kind.name, kind.needs));
        }
        if (figure) drawn.push_back({&kind, std::move(*figure)});
    }
    return drawn;
}

}  // namespace bnrun
