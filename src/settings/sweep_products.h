// Which values each point of a sweep has of the keys that vary: the products of its grids, one after another.
#pragma once

#include <string>
#include <vector>

#include "settings/sweep_spec.h"

namespace bnrun {

/// What a point has of a key that varies. The texts are the spec's.
struct Varied {
    std::size_t key = 0;  ///< its place in the list of all keys
    const std::string* value = nullptr;
    const std::string* label = nullptr;  ///< empty: none
    const std::string* given = nullptr;
};

/// The number of points. Throws ConfigError where there are more than kMostPoints.
std::size_t count_points(const SweepSpec& spec);

class SweepProducts {
  public:
    /// Keeps references to the spec. Throws ConfigError: too many points, an unknown key, within a grid two axes on one
    /// key or on a key and its parent, an override of what varies.
    explicit SweepProducts(const SweepSpec& spec);
    SweepProducts(const SweepProducts&) = delete;
    SweepProducts& operator=(const SweepProducts&) = delete;

    [[nodiscard]] const std::vector<std::string>& keys() const { return keys_; }  ///< of all grids
    [[nodiscard]] std::size_t points(std::size_t grid) const { return products_[grid].points; }
    [[nodiscard]] std::vector<Varied> at(std::size_t grid, std::size_t point) const;

  private:
    /// One grid, with the axis that is drawn at random.
    struct Product {
        std::vector<const SweepAxis*> axes;            ///< the last varies fastest
        std::vector<std::vector<std::size_t>> keys{};  ///< of each axis, by their places in the list of all
        std::size_t points = 1;
    };

    void add(const SweepSpec& spec, const std::vector<SweepAxis>& grid);
    std::size_t place_of(const std::string& key);  ///< a new one where no grid before had it

    const SweepAxis random_;
    std::vector<std::string> keys_;
    std::vector<Product> products_;
};

}  // namespace bnrun
