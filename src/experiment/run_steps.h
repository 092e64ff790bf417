// One run, step by step: prepared before anything is written, begun in its directory, trained to its end.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "data/dataset.h"
#include "experiment/reporter.h"
#include "experiment/resume.h"
#include "experiment/run_config.h"
#include "experiment/run_listener.h"
#include "experiment/run_summary.h"
#include "files/run_claim.h"
#include "math/thread_team.h"
#include "train/trainer.h"

namespace bnrun {

class Run {
  public:
    /// Keeps references to config and reporter.
    Run(const RunConfig& config, std::string directory, int threads, Reporter& reporter);

    /// Reads the initial values, and tries what can fail for want of threads and, where a run is to be replaced, of
    /// memory or space. Keeps references to dataset and point.
    /// @param point to go on from, or none.
    void prepare(const Dataset& dataset, const ResumePoint* point);

    /// Makes the directory this run's, in an order that leaves one run's files or the other's wherever it is cut off:
    /// an earlier run loses its checkpoints first; from this run's summary on, what else is left of it is nobody's.
    /// Keeps a reference to the claim.
    void begin(const RunClaim& claim);

    void train(const std::function<bool()>& stop_requested);

    /// Of a run that failed: the summary says so. Where it had not begun, config.json and log are left, too, beside
    /// what is there. Best effort.
    void leave_failure(const RunClaim& claim) noexcept;

    /// Of one that failed: where there was no run before it, removes its files, unless they are of an iteration at
    /// least. Of an earlier run it removes nothing more; once this one has begun, the summary says that it failed.
    void abandon();

    [[nodiscard]] bool has_begun() const { return has_begun_; }

  private:
    void note_failure() { summary_.note_failure(reporter_); }
    void try_steps();  ///< throws where there is no memory for them, or for a checkpoint's bytes
    [[nodiscard]] bool is_run_there() const;
    [[nodiscard]] RunTables open_tables() const;
    void finish(const TrainResult& result, const RunListener& listener);
    [[noreturn]] void end_early(const TrainResult& result);

    const RunConfig& written_;
    const Config& config_;
    std::string directory_;
    Reporter& reporter_;
    RunSummary summary_;
    const Dataset* dataset_ = nullptr;
    const ResumePoint* point_ = nullptr;
    const RunClaim* claim_ = nullptr;  ///< once it has begun
    std::optional<ThreadTeam> team_;
    std::unique_ptr<ReadyTraining> training_;
    bool replaces_ = false;  ///< a run that was there before
    bool has_begun_ = false;
    bool has_trained_ = false;
};

}  // namespace bnrun
