#include "train/evaluate.h"

#include <algorithm>
#include <numeric>

#include "data/batches.h"

namespace bnrun {

namespace {

constexpr Index kEvaluationBatch = 500;

/// Calls run(first, count, x) for consecutive batches of the split, in file order.
template <class T, class Run>
void for_each_batch(const Split& split, const Inputs<T>& inputs, ThreadTeam& team, Index size, Index batches, Run run) {
    std::vector<std::uint32_t> samples(static_cast<std::size_t>(split.samples()));
    std::iota(samples.begin(), samples.end(), 0U);
    Panels<T> x;
    for (Index batch = 0; batch < batches; ++batch) {
        const Index first = batch * size;
        const Index count = std::min(size, split.samples() - first);
        inputs.gather(samples.data() + first, count, team, x);
        run(first, x);
    }
}

}  // namespace

template <class T>
TestResult evaluate(Network<T>& network, const Split& split, const Inputs<T>& inputs, ThreadTeam& team) {
    TestResult result;
    result.samples = split.samples();
    result.predictions.resize(split.labels.size());
    double sum = 0;
    const Index batches = batch_count(split.samples(), kEvaluationBatch, 1);
    for_each_batch(split, inputs, team, kEvaluationBatch, batches, [&](Index first, const Panels<T>& x) {
        const BatchLoss<T> loss =
            network.forward(x, split.labels.data() + first, {Mode::kInference}, result.predictions.data() + first);
        sum += static_cast<double>(loss.loss) * static_cast<double>(x.columns());
        result.wrong += loss.wrong;
    });
    result.loss = sum / static_cast<double>(result.samples);
    result.error = static_cast<double>(result.wrong) / static_cast<double>(result.samples);
    return result;
}

template <class T>
void try_evaluation(Network<T>& network, const Split& split, const Inputs<T>& inputs, ThreadTeam& team) {
    for_each_batch(split, inputs, team, kEvaluationBatch, 1, [&](Index first, const Panels<T>& x) {
        network.forward(x, split.labels.data() + first, {Mode::kInference});
    });
}

template <class T>
bool take_population_statistics(const Config& config, Network<T>& network, const Split& split, const Inputs<T>& inputs,
                                ThreadTeam& team) {
    network.begin_epoch(Statistics::kPopulation);
    const Index size = config.train.batch_size;
    bool finite = true;
    for_each_batch(split, inputs, team, size, batch_count(split.samples(), size, 2),
                   [&](Index first, const Panels<T>& x) {
                       network.forward(x, split.labels.data() + first, {Mode::kStatistics});
                       finite = network.end_batch() && finite;
                   });
    network.end_epoch();
    return finite;
}

#define BNRUN_EVALUATE(T)                                                                   \
    template TestResult evaluate(Network<T>&, const Split&, const Inputs<T>&, ThreadTeam&); \
    template void try_evaluation(Network<T>&, const Split&, const Inputs<T>&, ThreadTeam&); \
    template bool take_population_statistics(const Config&, Network<T>&, const Split&, const Inputs<T>&, ThreadTeam&);
BNRUN_EVALUATE(float)
BNRUN_EVALUATE(double)

}  // namespace bnrun
