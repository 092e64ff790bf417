#include "settings/sweep_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>

#include "base/error.h"
#include "base/sha256.h"
#include "settings/keys.h"
#include "settings/point_names.h"
#include "settings/sweep_file.h"
#include "settings/sweep_products.h"
#include "settings/sweep_spec.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

/// Equal for configs that give the same run: their names do not count, hidden layers may be given in two ways, and 0
/// has two signs.
std::string config_identity(const Config& config) {
    Config canonical = config;
    canonical.name.clear();
    if (canonical.model.layers.empty()) {
        canonical.model.hidden.clear();
        for (const LayerConfig& layer : config.layers()) canonical.model.hidden.push_back(layer.units);
    }
    std::string text;
    for (const Field& field : config_fields()) {
        const OrderedJson value = field.get(canonical);
        const bool is_zero = value.is_number_float() && value == 0.0;
        if (field.is_written(canonical)) text += (is_zero ? "0" : value.dump()) + "\n";
    }
    return sha256_text(text);
}

class Planner {
  public:
    explicit Planner(SweepSpec spec) : spec_(std::move(spec)), products_(spec_), keys_(products_.keys()) {
        if (has_bases()) labels_.emplace_back("config");
        for (const std::string& label : short_keys(keys_)) labels_.push_back(label);
        plan_.name = spec_.name;
        if (has_bases()) plan_.columns.emplace_back("config");
        plan_.columns.insert(plan_.columns.end(), keys_.begin(), keys_.end());
    }

    SweepPlan plan() {
        for (std::size_t base = 0; base < spec_.bases.size(); ++base) {
            for (std::size_t grid = 0; grid < spec_.grids.size(); ++grid) {
                for (std::size_t i = 0; i < products_.points(grid); ++i) add_point(base, products_.at(grid, i));
            }
        }
        plan_.file = sweep_file_text(spec_);
        return std::move(plan_);
    }

  private:
    [[nodiscard]] bool has_bases() const { return spec_.bases.size() > 1; }

    void add_point(std::size_t base, const std::vector<Varied>& varied) {
        SweepPoint point;
        point.values.resize(plan_.columns.size());
        if (has_bases()) point.values.front() = spec_.bases[base].label;
        const std::size_t first = has_bases() ? 1 : 0;
        std::vector<bool> varies(point.values.size());
        std::fill_n(varies.begin(), first, true);
        for (const Varied& one : varied) {
            point.values[first + one.key] = one.label->empty() ? value_text(*one.value) : *one.label;
            varies[first + one.key] = true;
        }
        name_point(point, varies);
        read_point(point, base, varied);
        for (std::size_t i = first; i < varies.size(); ++i) {
            if (!varies[i]) point.values[i] = fixed_value(keys_[i - first], point.config);
        }
        check_apart(point);
        plan_.points.push_back(std::move(point));
    }

    /// Of a key that other grids vary: the config's, or none where it is a group's or has no effect.
    static std::string fixed_value(const std::string& key, const Config& config) {
        const Field* const field = find_field(key);
        return field != nullptr && field->in_use(config) ? value_text(field->get(config).dump()) : "";
    }

    void name_point(SweepPoint& point, const std::vector<bool>& varies) {
        std::vector<std::string> labels;
        std::vector<std::string> values;
        std::vector<std::string> group_labels;
        std::vector<std::string> group_values;
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            if (!varies[i]) continue;
            labels.push_back(labels_[i]);
            values.push_back(point.values[i]);
            if (plan_.columns[i] == "seed") continue;
            group_labels.push_back(labels_[i]);
            group_values.push_back(point.values[i]);
        }
        point.name = point_name(labels, values);
        point.group = point_name(group_labels, group_values);
        if (point.group.empty()) point.group = plan_.name;
    }

    /// From every point before it, by its config and by its name.
    void check_apart(const SweepPoint& point) {
        const std::size_t index = plan_.points.size();
        const auto [same, is_other] = configs_.emplace(config_identity(point.config), index);
        if (!is_other) {
            throw ConfigError(fmt::format(
                "sweep: points {} and {} ({} and {}) have equal configs, however they are written; remove one of them",
                same->second + 1, index + 1, plan_.points[same->second].name, point.name));
        }
        const auto [namesake, is_new] = names_.emplace(point.name, index);
        if (is_new) return;
        throw ConfigError(
            fmt::format("sweep: points {} and {} are both named {}; tell them apart by more than signs that a file "
                        "name cannot have",
                        namesake->second + 1, index + 1, point.name));
    }

    /// The base's text, parsed for the first of its points, which follow one another.
    const ConfigText& text_of(std::size_t base) {
        if (base_ != base) text_.emplace(spec_.bases[base].config.text, spec_.bases[base].config.path);
        base_ = base;
        return *text_;
    }

    void read_point(SweepPoint& point, std::size_t base, const std::vector<Varied>& varied) {
        std::vector<Override> overrides = spec_.set;
        for (const Varied& one : varied) overrides.push_back({keys_[one.key], *one.value, *one.given});
        try {
            ParsedConfig parsed = text_of(base).with(overrides);
            point.config = std::move(parsed.config);
            if (point.name.empty()) point.name = point.config.name;  // nothing varies
            point.config.name = point.name;
            for (const std::string& warning : parsed.warnings) warn(warning);
        } catch (const ConfigError& error) {
            if (point.name.empty()) throw;
            throw ConfigError(fmt::format("point {}: {}", point.name, error.what()));
        }
    }

    void warn(const std::string& warning) {
        auto& warnings = plan_.warnings;
        if (std::find(warnings.begin(), warnings.end(), warning) == warnings.end()) warnings.push_back(warning);
    }

    const SweepSpec spec_;
    const SweepProducts products_;
    const std::vector<std::string> keys_;
    std::vector<std::string> labels_;
    std::unordered_map<std::string, std::size_t> names_;  ///< the point that has it
    std::unordered_map<std::string, std::size_t> configs_;
    std::optional<std::size_t> base_;  ///< whose text is parsed
    std::optional<ConfigText> text_;
    SweepPlan plan_;
};

}  // namespace

SweepPlan plan_sweep(const SweepSpec& spec, const std::vector<Override>& overrides) {
    return Planner(with_overrides(spec, overrides)).plan();
}

}  // namespace bnrun
