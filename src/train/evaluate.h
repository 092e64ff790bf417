// Runs a network over a whole split without training it.
#pragma once

#include <cstdint>
#include <vector>

#include "data/dataset.h"
#include "data/preprocess.h"
#include "nn/network.h"

namespace bnrun {

struct TestResult {
    double loss = 0;
    double error = 0;
    std::int64_t wrong = 0;
    std::int64_t samples = 0;
    std::vector<std::uint8_t> predictions;  ///< class of each test sample
};

/// Loss and error over all samples in file order, in inference mode.
template <class T>
TestResult evaluate(Network<T>& network, const Split& split, const Inputs<T>& inputs, ThreadTeam& team);

/// The first batch of that, for what it takes of memory.
template <class T>
void try_evaluation(Network<T>& network, const Split& split, const Inputs<T>& inputs, ThreadTeam& team);

/// Sets BN's inference statistics from one pass over the training set in batches of the config's size, file order.
/// False where a batch's are beyond T's range.
template <class T>
[[nodiscard]] bool take_population_statistics(const Config& config, Network<T>& network, const Split& split,
                                              const Inputs<T>& inputs, ThreadTeam& team);

}  // namespace bnrun
