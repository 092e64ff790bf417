#include "experiment/version.h"

#include "math/isa.h"
#include "version_info.h"

namespace bnrun {

Version version() {
    const auto kernels = static_cast<std::size_t>(isa());
    return {BNRUN_VERSION, BNRUN_COMMIT, BNRUN_COMPILER, BNRUN_INSTRUCTION_SET ", " + std::string(kIsaNames[kernels])};
}

std::string version_line() {
    const Version built = version();
    return "bnrun " + built.version + " (commit " + built.commit + ", " + built.compiler + ", " +
           built.instruction_set + ")";
}

}  // namespace bnrun
