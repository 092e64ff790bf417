#include <algorithm>
#include <string>
#include <vector>

#include "fuzz/check.h"
#include "fuzz/harnesses.h"
#include "settings/json.h"
#include "settings/point_names.h"
#include "settings/sweep_plan.h"
#include "settings/sweep_products.h"
#include "settings/sweep_values.h"

namespace bnrun::fuzz {

namespace {

constexpr std::size_t kMostPlanned = 32;

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void check_round_trip(const Config& config) {
    const ParsedConfig again = parse_config(config_text(config), "again.json", {});
    require(differing_key(config, again.config).empty(), "a resolved config reads back as the same");
}

/// Plans sweeps of few points only, for speed.
void check_plan(const SweepSpec& spec) {
    const std::size_t points = count_points(spec);
    if (points > kMostPlanned) return;
    const SweepPlan plan = plan_sweep(spec, {});
    require(plan.points.size() == points, "a sweep has a point for each combination");
    for (const SweepPoint& point : plan.points) {
        require(point.name.size() <= 200 && point.name.find('/') == std::string::npos, "a point's name is a file's");
        check_round_trip(point.config);
    }
}

}  // namespace

void config(std::string_view input) {
    accept_or_refuse([&] { check_round_trip(parse_config(std::string(input), "fuzz.json", {}).config); });
}

void set(std::string_view input) {
    accept_or_refuse([&] {
        std::vector<Override> overrides;
        for (const std::string& line : lines_of(input)) {
            const std::size_t equals = std::min(line.find('='), line.size());
            overrides.push_back({line.substr(0, equals), line.substr(std::min(equals + 1, line.size()))});
        }
        check_round_trip(parse_config("{}", "fuzz.json", overrides).config);
    });
}

void sweep_values(std::string_view input) {
    accept_or_refuse([&] {
        const std::vector<std::string> values = bnrun::sweep_values(std::string(input), "--grid k");
        require(!values.empty() && values.size() <= kMostPoints, "an axis has values, and not too many");
        for (std::size_t i = 0; i < std::min(values.size(), kMostPlanned); ++i) {
            require(!point_name({"k"}, {value_text(values[i])}).empty(), "a point has a name");
        }
    });
}

void sweep_flags(std::string_view input) {
    accept_or_refuse([&] {
        SweepSpec spec = parse_sweep_spec(R"({"base": {}})", "fuzz.json");
        std::vector<std::string> lines = lines_of(input);
        const auto zip = std::find(lines.begin(), lines.end(), "zip");
        const std::vector<std::string> together(zip == lines.end() ? zip : zip + 1, lines.end());
        spec.grids = {axes_from_flags({lines.begin(), zip}, together)};
        check_plan(spec);
    });
}

void sweep_spec(std::string_view input) {
    accept_or_refuse([&] { check_plan(parse_sweep_spec(std::string(input), "fuzz.json")); });
}

}  // namespace bnrun::fuzz
