#include "experiment/run_summary.h"

#include <exception>
#include <utility>

#include "files/growing_file.h"
#include "files/run_files.h"

namespace bnrun {

void RunSummary::go_on_from(const TrainingProgress& progress) {
    const bool has_begun = progress.step > 0;
    summary_.epoch = has_begun ? progress.epoch : 0;
    summary_.iteration = progress.iteration;
    summary_.last_epoch.reset();
    if (progress.last.epoch > 0) summary_.last_epoch = progress.last;
}

std::string RunSummary::text_of(Summary summary) {
    using std::chrono::system_clock;
    summary.written = std::chrono::duration_cast<std::chrono::seconds>(system_clock::now().time_since_epoch()).count();
    return summary_text(summary);
}

void RunSummary::write() { claim_->write(kSummaryFile, text_of(summary_)); }

void RunSummary::end(const char* status) {
    Summary ended = summary_;
    ended.status = status;
    claim_->write(kSummaryFile, text_of(ended));
    summary_ = std::move(ended);
}

void RunSummary::refresh() {
    const auto now = Clock::now();
    if (now < next_refresh_) return;
    next_refresh_ = now + interval_;
    claim_->write_passing(kSummaryFile, text_of(summary_));
}

void RunSummary::note_failure(Reporter& reporter) {
    if (summary_.status != "running" || !claim_->is_held()) return;
    summary_.status = "failed";
    try {
        write();
    } catch (const std::exception&) {
        overwrite(reporter);
    }
}

/// Where there is no room for a second file: the old contents are lost, but they were wrong anyway.
void RunSummary::overwrite(Reporter& reporter) {
    try {
        claim_->check();
        GrowingFile(claim_->path_of(kSummaryFile)).append(text_of(summary_));
    } catch (const std::exception&) {
        reporter.log(LogLevel::kWarning,
                     claim_->path_of(kSummaryFile) + ": the status \"failed\" could not be written");
    }
}

}  // namespace bnrun
