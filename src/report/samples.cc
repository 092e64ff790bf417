#include "report/samples.h"

#include <fmt/format.h>

namespace bnrun {

std::string sample_svg(const Style& style) {
    return fmt::format(
        R"(<svg class="sample" aria-hidden="true" viewBox="0 0 26 12"><path class="{}" d="M0 6h26"/><path class="{}" d="{}"/></svg>)",
        style.line(), style.fill(), marker_shape(style.dash, {13, 6}, 3.4));
}

std::string sample_svg(const ReportGroup& group) { return sample_svg(Style{group.colour, group.dash}); }

}  // namespace bnrun
