#include "settings/sweep_products.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "settings/keys.h"
#include "settings/sweep_values.h"

namespace bnrun {
namespace {

bool is_below(const std::string& key, const std::string& parent) { return key.rfind(parent + ".", 0) == 0; }

/// The grid's, then the random one where there is one.
std::vector<const SweepAxis*> axes_of(const std::vector<SweepAxis>& grid, const SweepAxis& random) {
    std::vector<const SweepAxis*> axes;
    for (const SweepAxis& axis : grid) axes.push_back(&axis);
    if (!random.keys.empty()) axes.push_back(&random);
    return axes;
}

void check_keys_exist(const SweepAxis& axis) {
    for (std::size_t i = 0; i < axis.keys.size(); ++i) {
        if (find_field(axis.keys[i]) == nullptr && !is_group(axis.keys[i])) unknown_key(axis.given[i], axis.keys[i]);
    }
}

/// Those of one product, which varies each of them once.
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

}  // namespace

std::size_t count_points(const SweepSpec& spec) {
    const auto drawn = static_cast<std::size_t>(spec.random.count > 0 ? spec.random.count : 1);
    std::size_t all = 0;
    for (const std::vector<SweepAxis>& grid : spec.grids) {
        std::size_t points = std::min(spec.bases.size(), kMostPoints + 1) * std::min(drawn, kMostPoints + 1);
        for (auto axis = grid.begin(); axis != grid.end() && points <= kMostPoints; ++axis) {
            points *= axis->values.front().size();
        }
        all += points;
        if (all > kMostPoints) break;
    }
    if (all <= kMostPoints) return all;
    throw ConfigError(fmt::format("sweep: more than {} points; split it into several sweeps", kMostPoints));
}

SweepProducts::SweepProducts(const SweepSpec& spec)
    : random_(spec.random.count > 0 ? drawn_axis(spec.random) : SweepAxis()) {
    (void)count_points(spec);
    for (const std::vector<SweepAxis>& grid : spec.grids) add(spec, grid);
}

void SweepProducts::add(const SweepSpec& spec, const std::vector<SweepAxis>& grid) {
    Product product{axes_of(grid, random_)};
    std::vector<std::string> keys;
    for (const SweepAxis* axis : product.axes) {
        check_keys_exist(*axis);
        keys.insert(keys.end(), axis->keys.begin(), axis->keys.end());
    }
    check_axes(keys, spec.set);
    for (const SweepAxis* axis : product.axes) {
        std::vector<std::size_t>& places = product.keys.emplace_back();
        for (const std::string& key : axis->keys) places.push_back(place_of(key));
        product.points *= axis->values.front().size();
    }
    products_.push_back(std::move(product));
}

std::size_t SweepProducts::place_of(const std::string& key) {
    const auto found = std::find(keys_.begin(), keys_.end(), key);
    if (found != keys_.end()) return static_cast<std::size_t>(found - keys_.begin());
    keys_.push_back(key);
    return keys_.size() - 1;
}

std::vector<Varied> SweepProducts::at(std::size_t grid, std::size_t point) const {
    const Product& product = products_[grid];
    std::vector<Varied> varied;  // the last axis first
    for (std::size_t a = product.axes.size(); a-- > 0;) {
        const SweepAxis& axis = *product.axes[a];
        const std::size_t size = axis.values.front().size();
        for (std::size_t k = axis.keys.size(); k-- > 0;) {
            varied.push_back(
                {product.keys[a][k], &axis.values[k][point % size], &axis.labels[k][point % size], &axis.given[k]});
        }
        point /= size;
    }
    std::reverse(varied.begin(), varied.end());
    return varied;
}

}  // namespace bnrun
