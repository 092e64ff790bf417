// What a user may say about a sweep beside what it varies.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "experiment/reporter.h"

namespace bnrun {

enum class Only { kAll, kFailed, kMissing };

struct SweepOptions {
    std::optional<std::string> out;  ///< none: results/<plan's name>
    std::optional<int> jobs;         ///< none: as many as there are usable processors, or runs
    std::optional<int> threads;      ///< of each run; none: the processors that fall to it
    Only only = Only::kAll;          ///< what to start again: what failed, or all else that is not done
    bool retry_diverged = false;     ///< start again what diverged, too
    bool force = false;              ///< replace runs of other configs
    bool fail_fast = false;          ///< a failure stops the rest
    std::optional<int> task;         ///< from 1 to `tasks`; only the points that fall to it, and no summary
    std::optional<int> tasks;
    std::function<bool()> stop_requested;
    std::function<std::unique_ptr<Reporter>()> make_reporter;  ///< one for each run, called by its thread
};

}  // namespace bnrun
