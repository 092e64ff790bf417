#include "experiment/sweep_workers.h"

#include <algorithm>
#include <chrono>
#include <new>
#include <numeric>
#include <system_error>

#include "base/error.h"
#include "base/paths.h"
#include "experiment/run.h"
#include "experiment/sweep_state.h"
#include "files/run_files.h"
#include "nn/net_plan.h"

namespace bnrun {
namespace {

constexpr std::chrono::milliseconds kWait{200};

Ending ending_of(ExitCode code) {
    if (code == ExitCode::kDiverged) return Ending::kDiverged;
    return code == ExitCode::kInterrupted ? Ending::kInterrupted : Ending::kFailed;
}

}  // namespace

/// Passes a run's words on, and notes how far it is.
class SweepWorkers::Tap : public Reporter {
  public:
    Tap(Reporter& inner, std::atomic<double>& fraction) : inner_(inner), fraction_(fraction) {}
    void table(const std::string& text) override { inner_.table(text); }
    void log(LogLevel level, const std::string& line) override { inner_.log(level, line); }
    void progress(const Progress& progress) override {
        fraction_ = progress.fraction;
        inner_.progress(progress);
    }
    void run_directory_ready(const std::string& directory) override { inner_.run_directory_ready(directory); }

  private:
    Reporter& inner_;
    std::atomic<double>& fraction_;
};

double estimated_cost(const Config& config) {
    double products = 0;
    try {
        for (const LayerPlan& layer : plan_net(config, {1, 28, 28}, 10)) products += layer.multiply_adds();
    } catch (const ConfigError&) {  // layers for images of another size
        products = 1;
    }
    return static_cast<double>(config.train.epochs) * static_cast<double>(config.data.train_samples.value_or(60000)) *
           products;
}

SweepWorkers::SweepWorkers(const SweepPlan& plan, const std::vector<std::size_t>& order, const std::string& out,
                           const Shares& shares, const SweepOptions& options, DataCache& data)
    : plan_(plan), order_(order), out_(out), shares_(shares), options_(options), data_(data), fractions_(order.size()) {
    for (const std::size_t point : order) costs_.push_back(estimated_cost(plan.points[point].config));
    all_cost_ = std::accumulate(costs_.begin(), costs_.end(), 0.0);
    ends_.reserve(order.size());  // so that a thread can always say how a run ended
    running_.reserve(static_cast<std::size_t>(shares.jobs));
    threads_.reserve(static_cast<std::size_t>(shares.jobs));
    const std::lock_guard lock(mutex_);
    for (int i = 0; i < shares.jobs && start_thread(); ++i) ++active_;
    if (threads_.empty()) throw ConfigError("sweep: no thread can be started; the system allows no more");
}

bool SweepWorkers::start_thread() {
    try {
        threads_.emplace_back([this] { work(); });
        return true;
    } catch (const std::system_error&) {
        return false;
    } catch (const std::bad_alloc&) {
        return false;
    }
}

SweepWorkers::~SweepWorkers() {
    stopping_ = true;
    for (std::thread& thread : threads_) thread.join();
}

std::optional<RunEnd> SweepWorkers::next_end() {
    std::unique_lock lock(mutex_);
    const auto is_news = [this] { return told_ < ends_.size(); };
    if (!is_news() && active_ > 0) ended_.wait_for(lock, kWait, [&] { return is_news() || active_ == 0; });
    if (!is_news()) return std::nullopt;
    return std::move(ends_[told_++]);
}

bool SweepWorkers::have_ended() {
    const std::lock_guard lock(mutex_);
    return active_ == 0 && told_ == ends_.size();
}

double SweepWorkers::fraction_done(SweepProgress& progress) {
    const std::lock_guard lock(mutex_);
    double worked_off = worked_off_;
    for (const std::size_t place : running_) worked_off += costs_[place] * fractions_[place];
    progress.running = running_.size();
    progress.left = order_.size() - next_;
    return all_cost_ > 0 ? std::min(worked_off / all_cost_, 1.0) : 1;
}

void SweepWorkers::work() {
    std::unique_lock lock(mutex_);
    while (!should_stop() && next_ < order_.size()) {
        const std::size_t place = next_++;
        running_.push_back(place);
        lock.unlock();
        RunEnd end = run_point(place);
        if (end.ending == Ending::kFailed && options_.fail_fast) stopping_ = true;
        lock.lock();
        running_.erase(std::find(running_.begin(), running_.end(), place));
        worked_off_ += costs_[place];
        ends_.push_back(std::move(end));
        ended_.notify_one();
    }
    --active_;
    ended_.notify_one();
}

RunEnd SweepWorkers::run_point(std::size_t place) {
    const auto start = std::chrono::steady_clock::now();
    RunEnd end;
    end.point = order_[place];
    try {
        run_in_directory(place, end);
    } catch (...) {
        Failure failure = current_failure();
        end.ending = ending_of(failure.code);
        end.reason = std::move(failure.line);
    }
    end.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return end;
}

void SweepWorkers::run_in_directory(std::size_t place, RunEnd& end) {
    const SweepPoint& point = plan_.points[order_[place]];
    const std::string directory = path_in(out_, point.name);
    check_no_link(directory);
    const std::optional<RunClaim> claim = RunClaim::take(directory);
    if (!claim) {
        end.ending = Ending::kBusy;
        return;
    }
    const RunConfig config(point.config);
    const PointState state = read_point(directory, config).state;  // another process may have been faster
    if (state == PointState::kDone) return;
    if (state == PointState::kDiverged && !options_.retry_diverged) {
        throw Error(ExitCode::kDiverged, "training diverged in another process");
    }
    check_replaceable(directory, point, state, options_.force);
    const std::unique_ptr<Reporter> reporter = options_.make_reporter();
    Tap tap(*reporter, fractions_[place]);
    RunOptions options;
    options.threads = shares_.threads;
    options.stop_requested = [this] { return should_stop(); };
    options.replaces_another = is_of_another(state);
    run_claimed(
        config, *claim, options, [this](const Config& wanted) { return data_.get(wanted); }, tap);
}

}  // namespace bnrun
