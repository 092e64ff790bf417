// The machine's own limit, measured in the same run as what is compared with it.
#pragma once

#include <chrono>
#include <numeric>
#include <thread>
#include <vector>

#include "base/vector_pack.h"

namespace bnrun {

/// Fused multiply-adds per second, two operations each, of one thread that does nothing else.
template <class T>
double peak_of_one_thread() {
    // More than latency times throughput, and with both factors no more than there are registers.
    constexpr std::size_t kChains = kVectorBytes == 64 ? 16 : 12;
    constexpr long kSteps = 32'000'000;  // a tenth of a second, lest a moment decide
    using Lanes = Pack<T, kLanes<T>>;
    std::array<Lanes, kChains> sums;
    sums.fill(Lanes::all(T(0.5)));
    Lanes factor = Lanes::all(T(0.999));
    Lanes other = Lanes::all(T(0.001));
    asm volatile("" : "+m"(factor), "+m"(other));  // not known when compiling
    const auto start = std::chrono::steady_clock::now();
    for (long step = 0; step < kSteps; ++step) {
#pragma GCC unroll 16
        for (std::size_t i = 0; i < kChains; ++i) sums[i].add_product(factor, other);
    }
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    asm volatile("" : : "m"(sums) : "memory");
    return 2.0 * kChains * static_cast<double>(kLanes<T>) * kSteps / seconds.count();
}

/// Operations per second of that many threads at once.
template <class T>
double peak_flops(int threads) {
    std::vector<double> each(static_cast<std::size_t>(threads));
    std::vector<std::thread> team;
    for (double& flops : each) team.emplace_back([&flops] { flops = peak_of_one_thread<T>(); });
    for (std::thread& thread : team) thread.join();
    return std::accumulate(each.begin(), each.end(), 0.0);
}

}  // namespace bnrun
