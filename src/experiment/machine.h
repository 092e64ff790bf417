// The machine a run was made on, for its summary, and how much of it this process may use.
#pragma once

#include <cstdint>
#include <string>

namespace bnrun {

struct Machine {
    std::string cpu;
    int cores = 1;  ///< those this process may use
    std::string system;
};

Machine this_machine();

/// Raises this process's limit of open files as far as it may. Returns the limit it has then.
std::int64_t raise_open_files();

}  // namespace bnrun
