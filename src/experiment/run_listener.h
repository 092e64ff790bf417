// Turns what training reports into rows on disk, rows on stdout, progress and log lines.
#pragma once

#include <chrono>
#include <functional>

#include "base/config.h"
#include "experiment/checkpoint_saver.h"
#include "experiment/reporter.h"
#include "experiment/run_config.h"
#include "experiment/run_summary.h"
#include "experiment/run_tables.h"
#include "train/trainer.h"

namespace bnrun {

/// What of a run grows as it goes.
struct RunOutputs {
    const RunClaim& claim;
    const RunConfig& config;
    RunTables& tables;
    CheckpointSaver& checkpoints;
    RunSummary& summary;
};

class RunListener : public TrainingListener {
  public:
    /// @param samples in the training set. Keeps references to all but stop_requested.
    RunListener(std::int64_t samples, const RunOutputs& outputs, Reporter& reporter,
                std::function<bool()> stop_requested);

    /// What an earlier process did of the run.
    void go_on_from(const TrainingProgress& progress);

    void on_iteration(const IterationRecord& record) override;
    void on_epoch(const EpochRecord& record) override;
    bool stop_requested() override;
    bool takes_checkpoint() override;
    void on_snapshot(IterationPlace at, TensorMap&& model) override;
    void on_checkpoint(Checkpoint&& checkpoint) override;

    [[nodiscard]] const IterationRecord& last_iteration() const { return last_iteration_; }
    [[nodiscard]] double seconds() const;  ///< since construction

  private:
    [[nodiscard]] double trained() const;  ///< samples, over all epochs
    void note_speed();
    void report_progress(const IterationRecord& record);
    void warn_of_test_loss(const EpochRecord& record);

    const Config& config_;
    std::int64_t samples_;
    RunOutputs outputs_;
    Reporter& reporter_;
    std::function<bool()> stop_requested_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    double done_before_ = 0;  ///< samples, by an earlier process
    bool warned_of_test_loss_ = false;
    IterationRecord last_iteration_;
};

}  // namespace bnrun
