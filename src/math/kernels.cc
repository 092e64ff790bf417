#include "math/kernels.h"

#include "math/isa.h"

namespace bnrun {

template <class T>
const Kernels<T>& kernels() {
    static const Kernels<T> chosen = isa() == Isa::kAvx512 ? kernels_avx512<T>() : kernels_avx2<T>();
    return chosen;
}

template const Kernels<float>& kernels();
template const Kernels<double>& kernels();

}  // namespace bnrun
