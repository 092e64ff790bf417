#include "math/kernel_table.h"

namespace bnrun {

template <class T>
Kernels<T> kernels_avx2() {
    return kernel_table<T>();
}

template Kernels<float> kernels_avx2();
template Kernels<double> kernels_avx2();

}  // namespace bnrun
