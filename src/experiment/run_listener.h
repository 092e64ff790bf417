// Turns what training reports into rows on disk, rows on stdout, progress and log lines.
#pragma once

#include <chrono>
#include <functional>
#include <optional>

#include "base/config.h"
#include "experiment/reporter.h"
#include "experiment/run_tables.h"
#include "train/trainer.h"

namespace bnrun {

class RunListener : public TrainingListener {
  public:
    /// @param samples in the training set. Keeps references to all but stop_requested.
    RunListener(const Config& config, std::int64_t samples, RunTables& tables, Reporter& reporter,
                std::function<bool()> stop_requested);

    void on_iteration(const IterationRecord& record) override;
    void on_epoch(const EpochRecord& record) override;
    bool stop_requested() override;

    [[nodiscard]] const std::optional<EpochRecord>& last_epoch() const { return last_epoch_; }
    [[nodiscard]] const IterationRecord& last_iteration() const { return last_iteration_; }
    [[nodiscard]] double seconds() const;        ///< since construction
    [[nodiscard]] std::int64_t trained() const;  ///< samples, over all epochs

  private:
    void report_progress(const IterationRecord& record);

    const Config& config_;
    std::int64_t samples_;
    RunTables& tables_;
    Reporter& reporter_;
    std::function<bool()> stop_requested_;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
    IterationRecord last_iteration_;
    std::optional<EpochRecord> last_epoch_;
};

}  // namespace bnrun
