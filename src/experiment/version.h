// What this program was built from and for, so that every run can say so.
#pragma once

#include <string>

namespace bnrun {

struct Version {
    std::string version;
    std::string commit;
    std::string compiler;
    std::string instruction_set;  ///< the -march it was built for, and that of the kernels it has chosen
};

Version version();

/// `bnrun 0.2.0 (commit abc, GNU 12.2.0, x86-64-v3, avx512)`
std::string version_line();

}  // namespace bnrun
