#include "math/gemm_blocks.h"
#include "math/gram_blocks.h"
#include "math/kernels.h"

namespace bnrun {

template <class T>
Kernels<T> kernels_avx512() {
    Kernels<T> all{multiply_panels<T, 1, 16>,
                   nullptr,
                   multiply_panels<T, 1, 8>,
                   add_samples_of_panels<T, 1, 16>,
                   nullptr,
                   add_samples_of_panels<T, 1, 8>,
                   add_gram_product<T>,
                   squared_image<T>};
    if constexpr (kLanes<T> == 16) {
        all.multiply_two = multiply_panels<T, 2, 16>;
        all.over_samples_two = add_samples_of_panels<T, 2, 16>;
    }
    return all;
}

template Kernels<float> kernels_avx512();
template Kernels<double> kernels_avx512();

}  // namespace bnrun
