#include "experiment/sweep.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "base/error.h"
#include "base/paths.h"
#include "base/processors.h"
#include "experiment/machine.h"
#include "experiment/sweep_directory.h"
#include "experiment/sweep_shares.h"
#include "experiment/sweep_state.h"
#include "experiment/sweep_tables.h"
#include "experiment/sweep_trial.h"
#include "experiment/sweep_workers.h"
#include "files/checkpoint.h"
#include "files/run_claim.h"
#include "files/run_files.h"

namespace bnrun {
namespace {

std::string out_directory(const SweepPlan& plan, const SweepOptions& options) {
    return options.out.value_or("results/" + plan.name);
}

bool is_in_share(std::size_t point, const SweepOptions& options) {
    return !options.task ||
           point % static_cast<std::size_t>(*options.tasks) == static_cast<std::size_t>(*options.task - 1);
}

bool is_wanted(PointState state, const SweepOptions& options) {
    if (has_result(state)) return state == PointState::kDiverged && options.retry_diverged;
    return options.only == Only::kAll || (state == PointState::kFailed) == (options.only == Only::kFailed);
}

/// Of the share's points; the others' files are not looked at.
std::vector<PointResult> read_results(const SweepPlan& plan, const SweepOptions& options, const std::string& out) {
    std::vector<PointResult> results(plan.points.size());
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (is_in_share(i, options)) results[i] = read_point(out, plan.points[i]);
    }
    return results;
}

/// Throws Error(kDifferent) unless every run of the share has a result.
void check_results(const std::vector<PointResult>& results, const SweepOptions& options, const std::string& out) {
    std::size_t points = 0;
    std::size_t done = 0;
    std::size_t diverged = 0;
    std::size_t failed = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        if (!is_in_share(i, options)) continue;
        ++points;
        if (results[i].state == PointState::kDone) ++done;
        if (results[i].state == PointState::kDiverged) ++diverged;
        if (results[i].state == PointState::kFailed) ++failed;
    }
    if (done + diverged == points) return;
    throw Error(
        ExitCode::kDifferent,
        fmt::format("{}: {} of {} runs are done, {} diverged, {} failed, {} are left; the same command runs what is "
                    "left and what failed",
                    out, done, points, diverged, failed, points - done - diverged - failed));
}

class Sweep {
  public:
    Sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter)
        : plan_(plan), options_(options), reporter_(reporter), out_(out_directory(plan, options)) {}

    void run() {
        check_sweep_file(out_, plan_, options_.force);
        if (!options_.task) check_sweep_summary(out_);
        results_ = read_results(plan_, options_, out_);
        choose();
        points_ = done_ + diverged_ + order_.size() + passed_over_;
        reporter_.log(LogLevel::kInfo, fmt::format("sweep: {} points into {}: {} done already, {}{} to run", points_,
                                                   out_, done_, diverged_text(), order_.size()));
        run_chosen();
        if (!options_.task) write_summary(results_ = read_results(plan_, options_, out_));  // others may run it, too
        if (options_.stop_requested() && !have_all_ended_) {
            throw Error(ExitCode::kInterrupted,
                        fmt::format("{}: interrupted with {} runs done; the same command goes on", out_, done_));
        }
        if (!options_.task) reporter_.table(sweep_table(plan_, results_));
        check_results(results_, options_, out_);
    }

    void write_summary(const std::vector<PointResult>& results) {
        write_sweep_summary(out_, sweep_csv(plan_, results));
        reporter_.log(LogLevel::kInfo,
                      fmt::format("wrote {0}/summary.csv; a page to look at: bnrun report {0} -o report.html", out_));
    }

  private:
    [[nodiscard]] std::string diverged_text() const {
        return diverged_ > 0 ? fmt::format("{} diverged, ", diverged_) : "";
    }

    /// The share's points that are to run, longest first. Throws ConfigError where one must not be replaced.
    void choose() {
        for (std::size_t i = 0; i < results_.size(); ++i) {
            if (!is_in_share(i, options_)) continue;
            const PointState state = results_[i].state;
            const SweepPoint& point = plan_.points[i];
            if (!is_wanted(state, options_)) {
                ++(state == PointState::kDone ? done_ : state == PointState::kDiverged ? diverged_ : passed_over_);
                if (has_result(state)) tidy(point);
                continue;
            }
            check_replaceable(path_in(out_, point.name), point, state, options_.force);
            order_.push_back(i);
        }
        std::vector<double> costs(results_.size());
        for (const std::size_t i : order_) costs[i] = estimated_cost(plan_.points[i].config);
        std::stable_sort(order_.begin(), order_.end(),
                         [&](std::size_t a, std::size_t b) { return costs[a] > costs[b]; });
    }

    /// Where a run was killed before it could. Behind a link is not the sweep's, and a run may have begun meanwhile.
    void tidy(const SweepPoint& point) const {
        const std::string directory = path_in(out_, point.name);
        std::error_code ignored;
        if (std::filesystem::is_symlink(directory, ignored)) return;
        if (!has_checkpoint(directory) && !has_leftovers(directory)) return;
        const std::optional<RunClaim> claim = RunClaim::take(directory);
        if (!claim || !has_result(read_point(out_, point).state)) return;
        claim->remove_leftovers();
        remove_checkpoints(directory);
    }

    void run_chosen() {
        if (order_.empty()) return write_sweep_file(out_, plan_, options_.force);
        const Shares shares =
            share_out(options_.jobs, options_.threads, order_.size(), {usable_processors(), raise_open_files()});
        for (const std::string& warning : shares.warnings) reporter_.log(LogLevel::kWarning, warning);
        DataCache data(static_cast<std::size_t>(shares.jobs) + 1);
        try_sweep(plan_, order_, out_, data);
        write_sweep_file(out_, plan_, options_.force);
        SweepWorkers workers(plan_, order_, out_, shares, options_, data);
        std::size_t ended = 0;
        while (!workers.have_ended()) {
            if (const std::optional<RunEnd> end = workers.next_end()) {
                if (end->ending != Ending::kInterrupted) ++ended;
                report(*end);
            }
            report_progress(workers);
        }
        have_all_ended_ = ended == order_.size();
    }

    void report(const RunEnd& end) {
        const SweepPoint& point = plan_.points[end.point];
        results_[end.point] = read_point(out_, point);
        switch (end.ending) {
            case Ending::kDone: ++done_; return report_done(end);
            case Ending::kDiverged:
                ++diverged_;
                return reporter_.log(LogLevel::kWarning,
                                     fmt::format("{}: {}{}", point.name, end.reason, rest_of(end.point)));
            case Ending::kFailed:
                ++failed_;
                return reporter_.log(LogLevel::kError,
                                     fmt::format("{}: failed: {}{}", point.name, end.reason, rest_of(end.point)));
            case Ending::kInterrupted:
                return reporter_.log(LogLevel::kWarning, fmt::format("{}: interrupted", point.name));
            case Ending::kBusy:
                return reporter_.log(LogLevel::kWarning,
                                     fmt::format("{}: is being run by another process; skipped", point.name));
        }
    }

    /// Where the log of a run is that failed or diverged, or what is there in its stead.
    [[nodiscard]] std::string rest_of(std::size_t point) const {
        const std::string directory = path_in(out_, plan_.points[point].name);
        std::error_code ignored;
        if (is_of_another(results_[point].state)) {
            return "; the run of another config in " + directory + " stays as it is";
        }
        const std::string log = path_in(directory, kLogFile);
        return std::filesystem::exists(log, ignored) ? "; its log is " + log : "";
    }

    void report_done(const RunEnd& end) {
        const double error = results_[end.point].stored.test_error.value_or(1);
        reporter_.log(LogLevel::kInfo, fmt::format("{}: done, test error {:.4g}, {:.1f} seconds; {} of {} done",
                                                   plan_.points[end.point].name, error, end.seconds, done_, points_));
    }

    void report_progress(SweepWorkers& workers) {
        SweepProgress progress;
        const double fraction = workers.fraction_done(progress);
        progress.done = done_;
        progress.diverged = diverged_;
        progress.failed = failed_;
        const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
        progress.seconds_left = seconds * (1 - fraction) / std::max(fraction, 1e-9);
        reporter_.sweep_progress(progress);
    }

    const SweepPlan& plan_;
    const SweepOptions& options_;
    Reporter& reporter_;
    std::string out_;
    std::vector<PointResult> results_;  ///< of the share's points
    std::vector<std::size_t> order_;
    std::size_t points_ = 0;
    std::size_t done_ = 0;
    std::size_t diverged_ = 0;
    std::size_t failed_ = 0;
    std::size_t passed_over_ = 0;
    bool have_all_ended_ = true;
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

void run_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter) {
    Sweep(plan, options, reporter).run();
}

void collect_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter) {
    const std::string out = out_directory(plan, options);
    std::error_code ignored;
    if (!std::filesystem::is_directory(out, ignored)) {
        throw ConfigError(fmt::format("{}: no such directory; expected the sweep's, as given with --out", out));
    }
    check_sweep_file(out, plan, false);
    const std::vector<PointResult> results = read_results(plan, options, out);
    Sweep(plan, options, reporter).write_summary(results);
    reporter.table(sweep_table(plan, results));
    check_results(results, options, out);
}

void list_sweep(const SweepPlan& plan, const SweepOptions& options, Reporter& reporter) {
    const std::string out = out_directory(plan, options);
    check_sweep_file(out, plan, options.force);
    std::string text;
    for (std::size_t i = 0; i < plan.points.size(); ++i) {
        if (!is_in_share(i, options)) continue;
        const SweepPoint& point = plan.points[i];
        text += fmt::format("{}\t{}\n", state_name(read_point(out, point).state), point.name);
    }
    reporter.table(text);
}

}  // namespace bnrun
