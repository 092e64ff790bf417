// Two sweeps that vary the same, point by point: what changes in the errors, and how sure that is over seeds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/student.h"
#include "experiment/diff.h"
#include "experiment/stored_sweep.h"
#include "settings/diff.h"

namespace bnrun {

inline constexpr double kIntervalShare = 0.95;

/// One error of one setting, over the seeds that both sweeps have.
struct SettingDiff {
    std::string setting;
    std::string measure;  ///< `test_error`
    std::size_t pairs = 0;
    double a = 0;  ///< means
    double b = 0;
    double difference = 0;                 ///< mean of B - A
    std::optional<MeanInterval> interval;  ///< of B - A; none for one pair
    bool same = true;                      ///< each pair is, within the tolerance
};

struct SweepDiff {
    std::string a;  ///< the directories
    std::string b;
    std::vector<std::string> paired_by;    ///< keys
    std::vector<ConfigDifference> config;  ///< of the first pair
    std::size_t pairs = 0;
    std::vector<SettingDiff> settings;  ///< by measure, then in A's order
    std::vector<std::string> only_a;    ///< names of points
    std::vector<std::string> only_b;
    std::vector<std::string> unlike;  ///< pairs of which only one is done, or that differ in how they ended
    std::size_t without_errors = 0;   ///< pairs that ended alike, but not as done
    [[nodiscard]] bool same() const;  ///< the errors, that is, and the points
};

/// Pairs points whose values are equal in every key that both sweeps vary. Throws ConfigError where one varies a key
/// that the other has one value of, or none.
SweepDiff diff_sweeps(const StoredSweep& a, const StoredSweep& b, Tolerance tolerance);

}  // namespace bnrun
