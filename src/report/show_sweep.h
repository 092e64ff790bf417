// What `bnrun show` says of a sweep: its settings, ranked, with seeds taken together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/statistics.h"
#include "files/sweep_summary.h"

namespace bnrun {

/// Points that differ in their seed only.
struct SweepSetting {
    std::vector<std::string> values;  ///< one for each axis
    std::size_t points = 0;
    std::size_t done = 0;
    std::size_t diverged = 0;
    std::size_t failed = 0;
    Spread test_error;  ///< this and the next two: of the points that are done
    Spread validation_error;
    Spread train_error;
    bool is_best = false;
};

struct ShownSweep {
    std::string directory;
    std::vector<std::string> axes;       ///< dotted keys of what varies, but for the seed
    std::vector<SweepSetting> settings;  ///< those that are shown, in order
    std::size_t left_out = 0;            ///< settings beyond `top`
    bool by_validation = false;          ///< whether the best is that of the lowest validation error, or test error
    SweepSetting all{};                  ///< of the points that `where` leaves: how many there are
    std::vector<std::string> notes;
};

struct SweepChoice {
    std::optional<std::string> sort;  ///< a column, rising; `-` before it: falling. None: the best first
    std::optional<std::size_t> top;
    std::vector<std::string> where;  ///< KEY=VALUE of what varies
};

/// The best setting has the lowest mean validation error where every setting with a result has one, else the lowest
/// mean test error. Throws ConfigError: no such column, a condition that leaves no point.
ShownSweep shown_sweep(const SweepSummary& sweep, const std::string& directory, const SweepChoice& choice);

}  // namespace bnrun
