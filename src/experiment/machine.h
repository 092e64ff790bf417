// The machine a run was made on, for its summary and for the number of threads.
#pragma once

#include <string>

namespace bnrun {

struct Machine {
    std::string cpu;
    int cores = 1;  ///< those this process may use
    std::string system;
};

int available_cores();

Machine this_machine();

}  // namespace bnrun
