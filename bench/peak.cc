#include "peak.h"

#include <numeric>
#include <thread>
#include <vector>

namespace bnrun {

template <class T>
double peak_of_one_thread() {
    return peak_by<T>(isa());
}

template <class T>
double peak_flops(int threads) {
    std::vector<double> each(static_cast<std::size_t>(threads));
    std::vector<std::thread> team;
    for (double& flops : each) team.emplace_back([&flops] { flops = peak_of_one_thread<T>(); });
    for (std::thread& thread : team) thread.join();
    return std::accumulate(each.begin(), each.end(), 0.0);
}

template double peak_of_one_thread<float>();
template double peak_of_one_thread<double>();
template double peak_flops<float>(int);
template double peak_flops<double>(int);

}  // namespace bnrun
