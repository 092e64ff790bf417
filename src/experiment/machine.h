// The machine a run was made on, for its summary, and how much of it this process may use.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace bnrun {

struct Machine {
    std::string cpu;
    int cores = 1;  ///< those this process may use
    std::string system;
};

Machine this_machine();

/// Processors that this process may run on, or as many as the time that its control groups grant it takes, rounded up,
/// where those are fewer. At least 1.
int usable_processors();

/// How many processors' time the control groups of a process grant it: the least of its own group's share and those of
/// the groups above. None where they set no limit. Reads version 1 and 2.
/// @param root of the file system, with proc/self/cgroup and sys/fs/cgroup in it
std::optional<double> granted_processors(const std::filesystem::path& root);

/// Raises this process's limit of open files as far as it may. Returns the limit it has then.
std::int64_t raise_open_files();

}  // namespace bnrun
