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
#include "settings/sweep_spec.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

bool is_below(const std::string& key, const std::string& parent) { return key.rfind(parent + ".", 0) == 0; }

/// One list of all axes' lists.
std::vector<std::string> of_all_axes(const SweepSpec& spec, std::vector<std::string> SweepAxis::*list) {
    std::vector<std::string> all;
    for (const SweepAxis& axis : spec.axes) all.insert(all.end(), (axis.*list).begin(), (axis.*list).end());
    return all;
}

void check_keys_exist(const SweepSpec& spec) {
    for (const SweepAxis& axis : spec.axes) {
        for (std::size_t i = 0; i < axis.keys.size(); ++i) {
            if (find_field(axis.keys[i]) == nullptr && !is_group(axis.keys[i]))
                unknown_key(axis.given[i], axis.keys[i]);
        }
    }
}

void check_axes(const std::vector<std::string>& keys, const std::vector<Override>& overrides) {
    for (const Override& set : overrides) {
        if (set.key != "name") continue;
        throw ConfigError(set.given + ": a sweep names its runs by what varies; --out names it");
    }
    for (const std::string& key : keys) {
        if (key == "name") throw ConfigError("sweep: name cannot vary: each point is named by what varies; remove it");
        if (std::count(keys.begin(), keys.end(), key) > 1) {
            throw ConfigError(fmt::format("sweep: two axes on {}; give all its values on one", key));
        }
        for (const std::string& other : keys) {
            if (!is_below(other, key)) continue;
            throw ConfigError(fmt::format("sweep: axes on {} and on {} in it; remove one of the two", key, other));
        }
        for (const Override& set : overrides) {
            if (set.key != key && !is_below(set.key, key)) continue;
            throw ConfigError(fmt::format("{}: the sweep varies {}; remove one of the two", set.given, key));
        }
    }
}

/// The number of points. Throws ConfigError where it is too large.
std::size_t count_points(const SweepSpec& spec) {
    std::size_t points = spec.bases.size();
    for (auto axis = spec.axes.begin(); axis != spec.axes.end() && points <= kMostPoints; ++axis) {
        points *= axis->values.front().size();
    }
    if (points <= kMostPoints) return points;
    throw ConfigError(fmt::format("sweep: more than {} points; split it into several sweeps", kMostPoints));
}

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
    explicit Planner(SweepSpec spec)
        : spec_(std::move(spec)),
          keys_(of_all_axes(spec_, &SweepAxis::keys)),
          given_(of_all_axes(spec_, &SweepAxis::given)) {
        check_keys_exist(spec_);
        check_axes(keys_, spec_.set);
        if (has_bases()) labels_.emplace_back("config");
        for (const std::string& label : short_keys(keys_)) labels_.push_back(label);
        plan_.name = spec_.name;
        if (has_bases()) plan_.columns.emplace_back("config");
        plan_.columns.insert(plan_.columns.end(), keys_.begin(), keys_.end());
    }

    SweepPlan plan() {
        const std::size_t points = count_points(spec_);
        for (std::size_t i = 0; i < points; ++i) add_point(i);
        plan_.file = sweep_file_text(spec_);
        return std::move(plan_);
    }

  private:
    [[nodiscard]] bool has_bases() const { return spec_.bases.size() > 1; }

    void add_point(std::size_t index) {
        std::vector<std::string> values;  // of each key, last first
        for (auto axis = spec_.axes.rbegin(); axis != spec_.axes.rend(); ++axis) {
            const std::size_t size = axis->values.front().size();
            for (auto of_key = axis->values.rbegin(); of_key != axis->values.rend(); ++of_key) {
                values.push_back((*of_key)[index % size]);
            }
            index /= size;
        }
        std::reverse(values.begin(), values.end());
        SweepPoint point;
        if (has_bases()) point.values.push_back(spec_.bases[index].label);
        for (const std::string& value : values) point.values.push_back(value_text(value));
        name_point(point);
        read_point(point, index, values);
        check_apart(point);
        plan_.points.push_back(std::move(point));
    }

    void name_point(SweepPoint& point) {
        std::vector<std::string> labels;
        std::vector<std::string> values;
        for (std::size_t i = 0; i < labels_.size(); ++i) {
            if (plan_.columns[i] == "seed") continue;
            labels.push_back(labels_[i]);
            values.push_back(point.values[i]);
        }
        point.name = point_name(labels_, point.values);
        point.group = point_name(labels, values);
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

    void read_point(SweepPoint& point, std::size_t base, const std::vector<std::string>& values) {
        std::vector<Override> overrides = spec_.set;
        for (std::size_t i = 0; i < keys_.size(); ++i) overrides.push_back({keys_[i], values[i], given_[i]});
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
    std::vector<std::string> keys_;
    std::vector<std::string> given_;
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
