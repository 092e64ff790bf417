#include "experiment/inputs.h"

#include <fmt/format.h>

#include "base/error.h"
#include "data/load_dataset.h"
#include "files/safetensors.h"

namespace bnrun {

TensorMap read_initial_values(const Config& config) {
    if (!config.model.init.from) return {};
    try {
        return read_safetensors(*config.model.init.from).tensors;
    } catch (const DataError& error) {
        throw DataError(fmt::format("{}: model.init.from: {}", config.origins.of({"model.init.from"}), error.what()));
    }
}

void report_dataset(const Config& config, const Dataset& dataset, Reporter& reporter) {
    const bool synthetic = config.data.source == Source::kSynthetic;
    if (synthetic) reporter.log(LogLevel::kWarning, "data: synthetic digits, not MNIST");
    const std::int64_t validation = dataset.validation.samples();
    reporter.log(LogLevel::kInfo, fmt::format("data: {}, {} training{} and {} test samples of {} values, {} classes",
                                              synthetic ? "synthetic" : dataset.directory, dataset.train.samples(),
                                              validation > 0 ? fmt::format(", {} validation", validation) : "",
                                              dataset.test.samples(), dataset.features(), dataset.classes));
}

Dataset load_reported(const Config& config, Reporter& reporter) {
    Dataset dataset = load_dataset(config);
    report_dataset(config, dataset, reporter);
    return dataset;
}

}  // namespace bnrun
