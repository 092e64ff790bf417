#include "experiment/run.h"

#include <fmt/core.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "base/error.h"
#include "base/sha256.h"
#include "data/batches.h"
#include "experiment/inputs.h"
#include "experiment/machine.h"
#include "experiment/run_listener.h"
#include "experiment/run_tables.h"
#include "experiment/version.h"
#include "io/config_json.h"
#include "io/run_directory.h"
#include "io/safetensors.h"
#include "io/summary.h"
#include "io/table.h"
#include "train/trainer.h"

namespace bnrun {
namespace {

template <class Names, class Enum>
std::string name_of(const Names& names, Enum value) {
    return std::string(names.at(static_cast<std::size_t>(value)));
}

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
    const bool batch_norm = config.model.batch_norm.enabled;
    const Index samples = dataset.train.samples();
    const Index batch_size = config.train.batch_size;
    const std::vector<std::int64_t> widths = config.hidden_widths();
    const auto shown = std::min<std::size_t>(widths.size(), 20);
    reporter.log(
        LogLevel::kInfo,
        fmt::format("network: {}-{}{}-{} {}, {} batch normalization, {}; {} thread{}; into {}", dataset.features,
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

/// One run from the moment its directory exists.
class Run {
  public:
    Run(const Config& config, std::string directory, int threads, Reporter& reporter)
        : config_(config),
          directory_(std::move(directory)),
          reporter_(reporter),
          summary_(first_summary(config, threads)) {}

    void begin();  ///< writes what is known before the data is
    void train_into_directory(const Dataset& dataset, const TensorMap& initial,
                              const std::function<bool()>& stop_requested);
    void note_failure();  ///< best effort: the failure itself is what gets reported
    [[nodiscard]] bool has_started() const { return started_; }

  private:
    void write_summary() { write_whole(directory_ + "/summary.json", summary_text(summary_)); }
    void overwrite_summary();
    void save_model(const TensorMap& model);
    void finish(const TrainResult& result, const RunListener& listener);
    void end_early(const TrainResult& result);

    const Config& config_;
    std::string directory_;
    Reporter& reporter_;
    Summary summary_;
    bool started_ = false;
};

void Run::begin() {
    reporter_.run_directory_ready(directory_);
    write_whole(directory_ + "/config.json", config_text(config_));
    write_summary();
}

void Run::train_into_directory(const Dataset& dataset, const TensorMap& initial,
                               const std::function<bool()>& stop_requested) {
    ThreadTeam team(summary_.threads);
    log_start(config_, dataset, team.size(), directory_, reporter_);
    summary_.directory = dataset.directory;
    summary_.sha256 = dataset.sha256;
    write_summary();
    RunTables tables(directory_, config_.hidden_widths().size(), config_.precision);
    RunListener listener(config_, dataset.train.samples(), tables, reporter_, stop_requested);
    const TrainResult result = [&] {
        try {
            return train(config_, dataset, initial, team, listener);
        } catch (...) {
            started_ = listener.last_iteration().iteration > 0;
            throw;
        }
    }();
    started_ = true;
    tables.close();
    finish(result, listener);
}

void Run::save_model(const TensorMap& model) {
    write_whole(directory_ + "/model.safetensors",
                safetensors_bytes({model, {{"format", "bnrun"}, {"config", config_text(config_)}}}));
}

void Run::finish(const TrainResult& result, const RunListener& listener) {
    summary_.last_epoch = listener.last_epoch();
    summary_.epoch = result.epoch;
    summary_.iteration = result.iteration;
    summary_.seconds = listener.seconds();
    summary_.samples_per_second = static_cast<double>(result.samples) / std::max(summary_.seconds, 1e-9);
    if (result.outcome != Outcome::kDone) end_early(result);
    save_model(result.model);
    summary_.status = "done";
    write_summary();
    reporter_.log(LogLevel::kInfo,
                  fmt::format("done: {:.1f} seconds, {:.0f} samples/s", summary_.seconds, summary_.samples_per_second));
    const EpochRecord& last = summary_.last_epoch.value();
    reporter_.table(test_error_text(last.test_error, last.test_wrong, last.test_samples));
}

[[noreturn]] void throw_diverged(const TrainResult& result, const std::string& directory) {
    throw Error(
        ExitCode::kDiverged,
        fmt::format("training diverged: the loss is not finite at epoch {}, iteration {}; everything up to there "
                    "is in {}; lower train.optimizer.learning_rate",
                    result.epoch, result.iteration, directory));
}

void Run::end_early(const TrainResult& result) {
    const bool diverged = result.outcome == Outcome::kDiverged;
    summary_.status = diverged ? "diverged" : "interrupted";
    write_summary();
    if (diverged) throw_diverged(result, directory_);
    throw Error(ExitCode::kInterrupted,
                fmt::format("interrupted after epoch {}, iteration {}; everything up to there is in {}; --force starts "
                            "over in it",
                            result.epoch, result.iteration, directory_));
}

void Run::note_failure() {
    if (summary_.status != "running") return;
    summary_.status = "failed";
    try {
        write_summary();
    } catch (const WriteError&) {
        overwrite_summary();
    }
}

/// Where there is no room for a second file: the old contents are lost, but they were wrong anyway.
void Run::overwrite_summary() {
    try {
        GrowingFile(directory_ + "/summary.json").append(summary_text(summary_));
    } catch (const WriteError&) {
        reporter_.log(LogLevel::kWarning, directory_ + "/summary.json: the status \"failed\" could not be written");
    }
}

}  // namespace

std::string run_directory(const Config& config, const RunOptions& options) {
    return options.out.value_or("results/" + config.name);
}

void run_experiment(const Config& config, const RunOptions& options, Reporter& reporter) {
    const std::string directory = run_directory(config, options);
    check_run_directory(directory, options.force);
    const TensorMap initial = read_initial_values(config);
    const Dataset dataset = load_reported(config, reporter);
    check_fit(config, dataset, initial);
    if (options.stop_requested && options.stop_requested()) {
        throw Error(ExitCode::kInterrupted, "interrupted before the first iteration; nothing was written");
    }
    const RunClaim claim = create_run_directory(directory, options.force);
    Run run(config, directory, options.threads, reporter);
    try {
        run.begin();
        run.train_into_directory(dataset, initial, options.stop_requested);
    } catch (...) {
        if (run.has_started()) {
            run.note_failure();
        } else {
            claim.discard();
        }
        throw;
    }
}

void run_claimed(const Config& config, const RunClaim& claim, const RunOptions& options, const DatasetSource& data,
                 Reporter& reporter) {
    claim.clear();
    Run run(config, claim.directory(), options.threads, reporter);
    try {
        run.begin();
        const TensorMap initial = read_initial_values(config);
        const std::shared_ptr<const Dataset> dataset = data(config);
        report_dataset(config, *dataset, reporter);
        check_fit(config, *dataset, initial);
        run.train_into_directory(*dataset, initial, options.stop_requested);
    } catch (const std::exception& error) {
        run.note_failure();
        reporter.log(LogLevel::kError, error.what());
        throw;
    }
}

}  // namespace bnrun
