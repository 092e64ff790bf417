#include "experiment/machine.h"

#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <limits>
#include <sstream>

#include "base/input_file.h"
#include "base/processors.h"

namespace bnrun {
namespace {

std::string cpu_model() {
    std::istringstream text(start_of_file("/proc/cpuinfo", 4096));
    for (std::string line; std::getline(text, line);) {
        const auto colon = line.find(": ");
        if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
    }
    return "unknown";
}

}  // namespace

std::int64_t raise_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::int64_t>::max();
    rlimit raised = limit;
    raised.rlim_cur = raised.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    const auto most = static_cast<rlim_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(limit.rlim_cur, most));
}

Machine this_machine() {
    utsname system{};
    const bool known = uname(&system) == 0;
    return {cpu_model(), usable_processors(),
            known ? std::string(system.sysname) + " " + system.release + " " + system.machine : "unknown"};
}

}  // namespace bnrun
