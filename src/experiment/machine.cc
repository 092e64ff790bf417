#include "experiment/machine.h"

#include <sched.h>
#include <sys/utsname.h>

#include <algorithm>
#include <fstream>

namespace bnrun {
namespace {

std::string cpu_model() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
    }
    return "unknown";
}

}  // namespace

int available_cores() {
    cpu_set_t set;
    CPU_ZERO(&set);
    if (sched_getaffinity(0, sizeof set, &set) != 0) return 1;
    return std::max(1, CPU_COUNT(&set));
}

Machine this_machine() {
    utsname system{};
    const bool known = uname(&system) == 0;
    return {cpu_model(), available_cores(),
            known ? std::string(system.sysname) + " " + system.release + " " + system.machine : "unknown"};
}

}  // namespace bnrun
