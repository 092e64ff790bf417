#include "experiment/run_start.h"

#include <fmt/ranges.h>

#include <algorithm>

#include "base/processors.h"
#include "base/sha256.h"
#include "data/batches.h"
#include "experiment/machine.h"
#include "experiment/version.h"
#include "settings/json.h"

namespace bnrun {
namespace {

template <class Names, class Enum>
std::string name_of(const Names& names, Enum value) {
    return std::string(names.at(static_cast<std::size_t>(value)));
}

}  // namespace

Summary first_summary(const Config& config, int threads) {
    const Version built = version();
    const Machine machine = this_machine();
    Summary summary;
    summary.name = config.name;
    summary.seed = config.seed;
    summary.source = name_of(kSourceNames, config.data.source);
    summary.version = built.version;
    summary.commit = built.commit;
    summary.compiler = built.compiler;
    summary.instruction_set = built.instruction_set;
    summary.cpu = machine.cpu;
    summary.cores = machine.cores;
    summary.system = machine.system;
    summary.threads = threads;
    summary.precision = name_of(kPrecisionNames, config.precision);
    summary.config_sha256 = sha256_text(config_text(config));
    return summary;
}

void log_start(const Config& config, const Dataset& dataset, int threads, const std::string& directory,
               Reporter& reporter) {
    if (const int processors = usable_processors(); threads > processors) {
        reporter.log(LogLevel::kInfo, fmt::format("--threads {}: bnrun may use {} processor{} here; no more threads "
                                                  "than that work at a time, and the numbers are the same",
                                                  threads, processors, processors == 1 ? "" : "s"));
    }
    const bool batch_norm = config.model.batch_norm.enabled;
    const Index samples = dataset.train.samples();
    const Index batch_size = config.train.batch_size;
    const std::vector<std::int64_t> widths = config.hidden_widths();
    const auto shown = std::min<std::size_t>(widths.size(), 20);
    reporter.log(
        LogLevel::kInfo,
        fmt::format("network: {}-{}{}-{} {}, {} batch normalization, {}; {} thread{}; into {}", dataset.features(),
                    fmt::join(widths.begin(), widths.begin() + static_cast<Index>(shown), "-"),
                    shown < widths.size() ? fmt::format("-… ({} hidden layers)", widths.size()) : "", dataset.classes,
                    name_of(kActivationNames, config.model.activation), batch_norm ? "with" : "without",
                    name_of(kPrecisionNames, config.precision), threads, threads == 1 ? "" : "s", directory));
    if (batch_norm && batch_count(samples, batch_size, 1) != batch_count(samples, batch_size, 2)) {
        reporter.log(
            LogLevel::kWarning,
            fmt::format("train.batch_size: the last of {} training samples is left out of each epoch, as batch "
                        "normalization needs 2 samples in a batch and batches of {} leave it alone",
                        samples, batch_size));
    }
}

}  // namespace bnrun
