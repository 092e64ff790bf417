#include "experiment/run_start.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/processors.h"
#include "data/batches.h"
#include "experiment/machine.h"
#include "experiment/version.h"
#include "nn/net_plan.h"
#include "nn/plan_text.h"
#include "train/quantities/list.h"

namespace bnrun {
namespace {

template <class Names, class Enum>
std::string name_of(const Names& names, Enum value) {
    return std::string(names.at(static_cast<std::size_t>(value)));
}

/// `784-200-200-10 sigmoid, with batch normalization`
std::string network_text(const Config& config, const Dataset& dataset) {
    constexpr std::size_t kMostShown = 20;
    if (!config.model.layers.empty()) {
        return fmt::format("{} to {} classes by {} layers", shape_text(dataset.shape), dataset.classes,
                           config.hidden_layers() + 1);
    }
    std::vector<std::int64_t> widths;
    for (const LayerConfig& layer : config.layers()) widths.push_back(layer.units);
    const auto shown = std::min<std::size_t>(widths.size(), kMostShown);
    const Normalization kind = config.model.normalization.kind;
    const std::string normalization = kind == Normalization::kNone
                                          ? "without batch normalization"
                                          : fmt::format("with {} normalization", name_of(kNormalizationNames, kind));
    return fmt::format("{}-{}{}-{} {}, {}", dataset.features(),
                       fmt::join(widths.begin(), widths.begin() + static_cast<Index>(shown), "-"),
                       shown < widths.size() ? fmt::format("-… ({} hidden layers)", widths.size()) : "",
                       dataset.classes, name_of(kActivationNames, config.model.activation), normalization);
}

/// Of quantities that cost more than the iteration itself.
void warn_of_cost(const Config& config, Reporter& reporter) {
    for (const Quantity quantity : config.log.observe) {
        const QuantityRow& row = kQuantities.at(static_cast<std::size_t>(quantity));
        if (row.cost < kDearCost) continue;
        reporter.log(
            LogLevel::kWarning,
            fmt::format("log.observe: {} takes the time of some {:.0f} iterations wherever it is logged; log.at "
                        "chooses where, such as [\"1:1-10\", \"last\"]",
                        name_of(kQuantityNames, quantity), row.cost));
    }
}

}  // namespace

Summary first_summary(const RunConfig& run, int threads) {
    const Version built = version();
    const Machine machine = this_machine();
    Summary summary;
    summary.name = run.values.name;
    summary.seed = run.values.seed;
    summary.source = name_of(kSourceNames, run.values.data.source);
    summary.version = built.version;
    summary.commit = built.commit;
    summary.compiler = built.compiler;
    summary.instruction_set = built.instruction_set;
    summary.cpu = machine.cpu;
    summary.cores = machine.cores;
    summary.system = machine.system;
    summary.threads = threads;
    summary.precision = name_of(kPrecisionNames, run.values.precision);
    summary.config_sha256 = run.sha256;
    return summary;
}

void log_start(const Config& config, const Dataset& dataset, int threads, const std::string& directory,
               Reporter& reporter) {
    if (const int processors = usable_processors(); threads > processors) {
        reporter.log(LogLevel::kInfo, fmt::format("--threads {}: bnrun may use {} processor{} here; no more threads "
                                                  "than that work at a time, and the numbers are the same",
                                                  threads, processors, processors == 1 ? "" : "s"));
    }
    const bool batch_norm = config.has_batch_norm();
    const Index samples = dataset.train.samples();
    const Index batch_size = config.train.batch_size;
    reporter.log(LogLevel::kInfo,
                 fmt::format("network: {}, {}; {} thread{}; into {}", network_text(config, dataset),
                             name_of(kPrecisionNames, config.precision), threads, threads == 1 ? "" : "s", directory));
    if (!config.model.layers.empty()) {
        for (const std::string& line : plan_text(plan_net(config, dataset.shape, dataset.classes))) {
            reporter.log(LogLevel::kInfo, line);
        }
    }
    warn_of_cost(config, reporter);
    if (batch_norm && batch_count(samples, batch_size, 1) != batch_count(samples, batch_size, 2)) {
        reporter.log(
            LogLevel::kWarning,
            fmt::format("train.batch_size: the last of {} training samples is left out of each epoch, as batch "
                        "normalization needs 2 samples in a batch and batches of {} leave it alone",
                        samples, batch_size));
    }
}

}  // namespace bnrun
