// A run's summary.json, which says where the run is while it goes.
#pragma once

#include <chrono>
#include <string>

#include "experiment/reporter.h"
#include "files/run_claim.h"
#include "files/summary.h"
#include "train/checkpoint.h"

namespace bnrun {

class RunSummary {
  public:
    using Clock = std::chrono::steady_clock;

    /// Writes nothing yet. @param interval between two refreshes, at least.
    explicit RunSummary(Summary known, Clock::duration interval = std::chrono::seconds(1))
        : summary_(std::move(known)), interval_(interval), next_refresh_(Clock::now() + interval) {}

    /// Where it is written from here on; to be called before anything is. Keeps a reference to the claim.
    void write_into(const RunClaim& claim) { claim_ = &claim; }

    Summary& known() { return summary_; }

    /// Where an earlier process left the run, or its beginning.
    void go_on_from(const TrainingProgress& progress);

    void write();  ///< Throws WriteError.

    /// Writes how the run ended. Throws WriteError where it cannot be said: to the file, and to note_failure, the run
    /// has not ended then.
    void end(const char* status);

    /// Writes what is known where the last refresh is long enough ago; does not wait for the disk. Throws WriteError.
    void refresh();

    /// Of a run that has not ended yet. Best effort: the failure itself is what gets reported.
    void note_failure(Reporter& reporter);

  private:
    static std::string text_of(Summary summary);  ///< with the time at which it is written
    void overwrite(Reporter& reporter);

    const RunClaim* claim_ = nullptr;
    Summary summary_;
    Clock::duration interval_;
    Clock::time_point next_refresh_;
};

}  // namespace bnrun
