// The loop that measures a peak, to be compiled once for each instruction set.
#pragma once

#include <chrono>

#include "math/simd.h"

namespace bnrun {
inline namespace BNRUN_ISA_NAMESPACE {

template <class T>
double measured_peak() {
    // More than latency times throughput, and with both factors no more than there are registers.
    constexpr int kChains = kVectorBytes == 64 ? 16 : 12;
    constexpr long kSteps = 32'000'000;  // a tenth of a second, so that a moment does not decide
    using Lanes = Pack<T, kLanes<T>>;
    Lanes sums[kChains];
    for (Lanes& sum : sums) sum = Lanes::all(T(0.5));
    Lanes factor = Lanes::all(T(0.999));
    Lanes other = Lanes::all(T(0.001));
    asm volatile("" : "+m"(factor), "+m"(other));  // not known when compiling
    const auto start = std::chrono::steady_clock::now();
    for (long step = 0; step < kSteps; ++step) {
#pragma GCC unroll 16
        for (Lanes& sum : sums) sum.add_product(factor, other);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    asm volatile("" : : "m"(sums) : "memory");
    return 2.0 * kChains * static_cast<double>(kLanes<T>) * kSteps / seconds.count();
}

}  // namespace BNRUN_ISA_NAMESPACE
}  // namespace bnrun
