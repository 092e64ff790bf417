#include "data/batches.h"

#include <numeric>
#include <utility>

#include "math/random.h"

namespace bnrun {

std::vector<std::uint32_t> epoch_order(Index samples, Order order, std::uint64_t seed, std::int64_t epoch) {
    std::vector<std::uint32_t> numbers(static_cast<std::size_t>(samples));
    std::iota(numbers.begin(), numbers.end(), 0U);
    if (order == Order::kSequential) return numbers;
    Random random(seed, Stream::kOrder, static_cast<std::uint32_t>(epoch));
    for (std::size_t i = numbers.size(); i > 1; --i) std::swap(numbers[i - 1], numbers[random.below(i)]);
    return numbers;
}

Index batch_count(Index samples, Index batch_size, Index smallest) {
    const Index rest = samples % batch_size;
    return samples / batch_size + (rest > 0 && rest >= smallest ? 1 : 0);
}

Index batch_count(const Config& config, Index samples) {
    return batch_count(samples, config.train.batch_size, config.has_batch_norm() ? 2 : 1);
}

}  // namespace bnrun
