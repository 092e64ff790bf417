// The instruction set of aarch64: NEON, which every such processor has. And its kernels.
#include "math/isa.h"
#include "math/kernel_table.h"
#include "math/kernels.h"

namespace bnrun {

std::vector<Isa> usable_isas() { return {Isa::kNeon}; }

template <class T>
Kernels<T> kernels_of(Isa /*isa*/) {
    return kernel_table<T>();
}

template Kernels<float> kernels_of(Isa);
template Kernels<double> kernels_of(Isa);

}  // namespace bnrun
