// A training that takes milliseconds: an easy problem of two classes, and a listener that keeps what it hears.
#pragma once

#include <vector>

#include "data/dataset.h"
#include "math/random.h"
#include "train/trainer.h"

namespace bnrun {

/// Samples of 6 pixels whose class is the brighter half.
inline Split make_split(Index samples, std::uint32_t number) {
    Random random(21, Stream::kCheck, number);
    Split split;
    for (Index i = 0; i < samples; ++i) {
        const auto label = static_cast<std::uint8_t>(random.below(2));
        for (std::uint64_t f = 0; f < 6; ++f) {
            const bool bright = (f < 3) == (label == 0);
            split.images.push_back(static_cast<std::uint8_t>(random.below(128) + (bright ? 127 : 0)));
        }
        split.labels.push_back(label);
    }
    return split;
}

inline Dataset make_dataset(Index samples) {
    Dataset dataset;
    dataset.train = make_split(samples, 1);
    dataset.test = make_split(40, 2);
    dataset.shape = {6};
    dataset.classes = 2;
    return dataset;
}

/// Two layers of eight units with batch normalization, in float64; four epochs of batches of twenty.
inline Config small_config() {
    Config config;
    config.model.hidden = {8, 8};
    config.model.normalization.kind = Normalization::kBatch;
    config.precision = Precision::kFloat64;
    config.train.batch_size = 20;
    config.train.epochs = 4;
    config.train.optimizer = {OptimizerName::kSgd, 0.5, 0.5};
    return config;
}

struct Records : TrainingListener {
    std::vector<IterationRecord> iterations;
    std::vector<EpochRecord> epochs;
    std::size_t stop_after = SIZE_MAX;
    void on_iteration(const IterationRecord& record) override { iterations.push_back(record); }
    void on_epoch(const EpochRecord& record) override { epochs.push_back(record); }
    bool stop_requested() override { return iterations.size() >= stop_after; }
};

}  // namespace bnrun
