#include "math/kernel_table.h"

namespace bnrun {

template <class T>
Kernels<T> kernels_avx512() {
    return kernel_table<T>();
}

template Kernels<float> kernels_avx512();
template Kernels<double> kernels_avx512();

}  // namespace bnrun
