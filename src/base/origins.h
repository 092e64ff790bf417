// Where a config's values came from, as messages about them begin.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bnrun {

/// A file, and what was given later in its place: by `--set`, by a sweep's axis.
class Origins {
  public:
    explicit Origins(std::string file = "config") : file_(std::move(file)) {}

    /// The dotted key, and all keys below it, have their values from here on from what `where` says: `--set seed=2`.
    void give(const std::string& key, const std::string& where) { given_.emplace_back(key, where); }

    /// What gave one of the keys its value last, or else the file: of values that contradict each other, the later one
    /// is to blame.
    [[nodiscard]] const std::string& of(std::initializer_list<std::string_view> keys) const;

  private:
    std::string file_;
    std::vector<std::pair<std::string, std::string>> given_;
};

}  // namespace bnrun
