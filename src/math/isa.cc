#include "math/isa.h"

#include <cstdlib>

#include "base/error.h"

namespace bnrun {

Isa widest_isa() {
    if (__builtin_cpu_supports("avx2") == 0 || __builtin_cpu_supports("fma") == 0) {
        throw ConfigError(
            "this processor: has no AVX2 and FMA instructions; bnrun needs an x86-64 processor with both");
    }
    const bool wide = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512bw") != 0;
    return wide ? Isa::kAvx512 : Isa::kAvx2;
}

Isa chosen_isa(const char* wanted, Isa widest) {
    if (wanted == nullptr) return widest;
    const std::string name = wanted;
    if (name == kIsaNames[0]) return Isa::kAvx2;
    if (name != kIsaNames[1]) {
        throw ConfigError("$BNRUN_ISA: \"" + name + "\" is no instruction set; expected \"avx2\" or \"avx512\"");
    }
    if (widest == Isa::kAvx512) return widest;
    throw ConfigError("$BNRUN_ISA: \"avx512\": this processor has no AVX-512; leave BNRUN_ISA out, or set it to avx2");
}

Isa isa() {
    static const Isa chosen = chosen_isa(std::getenv("BNRUN_ISA"), widest_isa());
    return chosen;
}

}  // namespace bnrun
