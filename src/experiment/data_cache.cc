#include "experiment/data_cache.h"

#include <fmt/format.h>

#include "base/error.h"
#include "data/load_dataset.h"

namespace bnrun {
namespace {

/// A failure names the config that it befell, so each who asks has one of its own.
std::shared_ptr<const Dataset> shared_or_own(const std::shared_future<std::shared_ptr<const Dataset>>& shared,
                                             const Config& config) {
    try {
        return shared.get();
    } catch (const Error&) {
        return std::make_shared<const Dataset>(load_dataset(config));
    }
}

}  // namespace

std::string data_key(const Config& config) {
    const DataConfig& data = config.data;
    const std::string absolute = data.absolute_dir ? " or " + *data.absolute_dir : "";
    return fmt::format("{} {} {} {} {} {}", static_cast<int>(data.source), data.train_samples.value_or(-1),
                       data.test_samples.value_or(-1), data.validation_samples,
                       data.source == Source::kSynthetic ? config.seed : 0,
                       data.dir ? "in " + *data.dir + absolute : "");
}

std::shared_ptr<const Dataset> DataCache::get(const Config& config) {
    const std::string key = data_key(config);
    std::promise<std::shared_ptr<const Dataset>> promise;
    Shared shared;
    bool is_ours = true;
    {
        const std::lock_guard lock(mutex_);
        for (const auto& [known, data] : kept_) {
            if (known != key) continue;
            shared = data;
            is_ours = false;
        }
        if (is_ours) {
            shared = promise.get_future().share();
            kept_.emplace_back(key, shared);
            if (kept_.size() > most_) kept_.pop_front();
        }
    }
    if (!is_ours) return shared_or_own(shared, config);
    try {
        promise.set_value(std::make_shared<const Dataset>(load_dataset(config)));
    } catch (...) {
        promise.set_exception(std::current_exception());
    }
    return shared.get();
}

}  // namespace bnrun
