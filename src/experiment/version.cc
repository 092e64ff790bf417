#include "experiment/version.h"

#include "version_info.h"

namespace bnrun {
namespace {

std::string vector_extensions() {
    std::string names;
#ifdef __AVX2__
    names += " avx2";
#endif
#ifdef __FMA__
    names += " fma";
#endif
#ifdef __AVX512F__
    names += " avx512f";
#endif
    return names.empty() ? " no avx2" : names;
}

}  // namespace

Version version() {
    return {BNRUN_VERSION, BNRUN_COMMIT, BNRUN_COMPILER, BNRUN_INSTRUCTION_SET "," + vector_extensions()};
}

std::string version_line() {
    const Version built = version();
    return "bnrun " + built.version + " (commit " + built.commit + ", " + built.compiler + ", " +
           built.instruction_set + ")";
}

}  // namespace bnrun
