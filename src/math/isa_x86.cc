// Instruction sets of x86-64, and their kernels.
#include "base/error.h"
#include "math/isa.h"
#include "math/kernels.h"

namespace bnrun {

std::vector<Isa> usable_isas() {
    if (__builtin_cpu_supports("avx2") == 0 || __builtin_cpu_supports("fma") == 0) {
        throw ConfigError(
            "this processor: has no AVX2 and FMA instructions; bnrun needs an x86-64 processor with both");
    }
    const bool wide = __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
                      __builtin_cpu_supports("avx512dq") != 0 && __builtin_cpu_supports("avx512bw") != 0;
    return wide ? std::vector{Isa::kAvx2, Isa::kAvx512} : std::vector{Isa::kAvx2};
}

template <class T>
Kernels<T> kernels_of(Isa isa) {
    return isa == Isa::kAvx512 ? kernels_avx512<T>() : kernels_avx2<T>();
}

template Kernels<float> kernels_of(Isa);
template Kernels<double> kernels_of(Isa);

}  // namespace bnrun
