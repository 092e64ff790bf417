// Loads each dataset once for all the runs of a sweep that use it.
#pragma once

#include <cstddef>
#include <deque>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "base/config.h"
#include "data/dataset.h"

namespace bnrun {

/// Equal for configs that load_dataset gives the same data.
std::string data_key(const Config& config);

class DataCache {
  public:
    /// @param most datasets to keep; one that is in use lives on.
    explicit DataCache(std::size_t most) : most_(most) {}

    /// May be called by several threads. Throws as load_dataset does.
    std::shared_ptr<const Dataset> get(const Config& config);

  private:
    using Shared = std::shared_future<std::shared_ptr<const Dataset>>;

    std::size_t most_;
    std::mutex mutex_;
    std::deque<std::pair<std::string, Shared>> kept_;  // the oldest first
};

}  // namespace bnrun
