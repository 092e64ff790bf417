// How many processors this process may keep busy at once.
#pragma once

#include <filesystem>
#include <optional>

namespace bnrun {

inline constexpr int kMostThreads = 256;  ///< of a run; as many runs of a sweep at a time

/// Processors that this process may run on, or as many as the time that its control groups grant it takes, rounded up,
/// where those are fewer. At least 1.
int usable_processors();

/// How many processors' time the control groups of a process grant it: the least of its own group's share and those of
/// the groups above. None where they set no limit. Reads version 1 and 2.
/// @param root of the file system, with proc/self/cgroup and sys/fs/cgroup in it
std::optional<double> granted_processors(const std::filesystem::path& root);

}  // namespace bnrun
