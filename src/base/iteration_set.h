// Iterations of a run that are chosen: every so many of an epoch, or those of a list.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

namespace bnrun {

/// Where an iteration stands; both count from 1, iterations within the epoch.
struct IterationPlace {
    std::int64_t epoch = 1;
    std::int64_t iteration = 1;
};

/// How long the run is.
struct RunLength {
    std::int64_t epochs = 0;
    std::int64_t iterations = 0;  ///< of each epoch
};

/// An entry of a list: iterations of one epoch, both ends among them, or the last of the run.
struct IterationSpan {
    std::int64_t epoch = 0;
    std::int64_t first = 0;
    std::int64_t last = 0;
    bool is_last_of_run = false;

    [[nodiscard]] bool contains(IterationPlace at, RunLength run) const {
        if (is_last_of_run) return at.epoch == run.epochs && at.iteration == run.iterations;
        return at.epoch == epoch && first <= at.iteration && at.iteration <= last;
    }
};

struct IterationSet {
    std::int64_t every = 0;            ///< iterations whose number it divides; 0: none
    std::vector<IterationSpan> spans;  ///< instead, where there are any

    [[nodiscard]] bool contains(IterationPlace at, RunLength run) const {
        if (spans.empty()) return every > 0 && at.iteration % every == 0;
        return std::any_of(spans.begin(), spans.end(),
                           [&](const IterationSpan& span) { return span.contains(at, run); });
    }
};

}  // namespace bnrun
