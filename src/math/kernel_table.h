// Every kernel of the instruction set that the source which includes this is compiled for.
#pragma once

#include "math/gemm_blocks.h"
#include "math/gram_blocks.h"
#include "math/kernels.h"
#include "math/tap_blocks.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

template <class T>
Kernels<T> kernel_table() {
    Kernels<T> all{{multiply_panels<T, 1, 16>, nullptr, multiply_panels<T, 1, 8>},
                   {add_samples_of_panels<T, 1, 16>, nullptr, add_samples_of_panels<T, 1, 8>},
                   {multiply_taps<T, 1, 16>, nullptr, multiply_taps<T, 1, 8>},
                   add_tap_gradient<T>,
                   add_gram_product<T>,
                   squared_image<T>};
    if constexpr (kLanes<T> == 16) {
        all.multiply.two = multiply_panels<T, 2, 16>;
        all.over_samples.two = add_samples_of_panels<T, 2, 16>;
        all.taps.two = multiply_taps<T, 2, 16>;
    }
    return all;
}

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
