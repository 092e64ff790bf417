#include "experiment/machine.h"

#include <sys/resource.h>
#include <sys/utsname.h>

#include <algorithm>
#include <limits>
#include <string>

#include "base/platform.h"
#include "base/processors.h"

namespace bnrun {
namespace {

constexpr rlim_t kOpenFilesOfMacos = 10240;  ///< OPEN_MAX, where the limit says "none"

}  // namespace

std::int64_t raise_open_files() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return std::numeric_limits<std::int64_t>::max();
    rlimit raised = limit;
    raised.rlim_cur = raised.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &raised) == 0) {
        limit = raised;
    } else {
        raised.rlim_cur = std::clamp(kOpenFilesOfMacos, limit.rlim_cur, limit.rlim_max);
        if (setrlimit(RLIMIT_NOFILE, &raised) == 0) limit = raised;
    }
    const auto most = static_cast<rlim_t>(std::numeric_limits<std::int64_t>::max());
    return static_cast<std::int64_t>(std::min(limit.rlim_cur, most));
}

Machine this_machine() {
    utsname system{};
    const bool known = uname(&system) == 0;
    return {processor_model(), usable_processors(),
            known ? std::string(system.sysname) + " " + system.release + " " + system.machine : "unknown"};
}

}  // namespace bnrun
