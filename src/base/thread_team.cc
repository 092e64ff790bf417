#include "base/thread_team.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include "base/error.h"

namespace bnrun {

namespace {

/// Waits a short while by spinning, then lets the operating system sleep on the value.
template <class T>
void wait_while_equal(const std::atomic<T>& value, T old) {
    for (int spin = 0; spin < 10000; ++spin) {
        if (value.load(std::memory_order_acquire) != old) return;
        __builtin_ia32_pause();
    }
    value.wait(old, std::memory_order_acquire);
}

/// How long members' times are added up before shares follow them.
constexpr auto kBalanceEvery = std::chrono::milliseconds(5);

/// How much of the way shares go at once: a thread that was merely interrupted is not taken for a slow one.
constexpr double kPace = 0.25;

/// No share is smaller than this part of an equal one.
constexpr double kSmallestPart = 0.25;

}  // namespace

std::vector<double> balanced_shares(std::vector<double> shares, const std::vector<double>& seconds) {
    double speeds = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) speeds += shares[i] / seconds[i];
    double sum = 0;
    for (std::size_t i = 0; i < shares.size(); ++i) {
        const double fair = shares[i] / seconds[i] / speeds;
        shares[i] += kPace * (fair - shares[i]);
        shares[i] = std::max(shares[i], kSmallestPart / static_cast<double>(shares.size()));
        sum += shares[i];
    }
    for (double& share : shares) share /= sum;
    return shares;
}

ThreadTeam::ThreadTeam(int threads) : members_(static_cast<std::size_t>(threads)) {
    set_bounds(std::vector<double>(members_.size(), 1.0 / threads));
    workers_.reserve(members_.size());
    try {
        for (int member = 1; member < threads; ++member) {
            workers_.emplace_back([this, member] { work_until_stopped(member); });
        }
    } catch (const std::system_error& error) {
        const std::size_t started = workers_.size() + 1;
        stop();
        throw ConfigError("--threads " + std::to_string(threads) + ": only " + std::to_string(started) +
                          " can be started (" + error.what() + "); use fewer");
    } catch (...) {
        stop();
        throw;
    }
}

ThreadTeam::~ThreadTeam() { stop(); }

void ThreadTeam::stop() {
    stopping_ = true;
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    for (std::thread& worker : workers_) worker.join();
}

Rows ThreadTeam::share(Index count, Index member) const {
    const auto bound = [&](Index i) {
        return static_cast<Index>(std::lround(static_cast<double>(count) * bounds_[static_cast<std::size_t>(i)]));
    };
    return {bound(member), bound(member + 1)};
}

void ThreadTeam::set_bounds(const std::vector<double>& shares) {
    bounds_.assign(1, 0.0);
    for (const double share : shares) bounds_.push_back(bounds_.back() + share);
    bounds_.back() = 1;
}

void ThreadTeam::on_each(const std::function<void(Index)>& work) {
    work_ = &work;
    busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    work_as(0);
    for (int busy = busy_.load(std::memory_order_acquire); busy != 0; busy = busy_.load(std::memory_order_acquire)) {
        wait_while_equal(busy_, busy);
    }
    if (has_thrown_.load(std::memory_order_relaxed)) rethrow_first();
}

void ThreadTeam::work_as(Index member) noexcept {
    try {
        (*work_)(member);
    } catch (...) {
        members_[static_cast<std::size_t>(member)].thrown = std::current_exception();
        has_thrown_.store(true, std::memory_order_relaxed);  // read only after busy_ says that this member is done
    }
}

void ThreadTeam::rethrow_first() {
    has_thrown_.store(false, std::memory_order_relaxed);
    std::exception_ptr first;
    for (Member& member : members_) {
        std::exception_ptr thrown = std::exchange(member.thrown, nullptr);
        if (!first) first = std::move(thrown);
    }
    std::rethrow_exception(first);
}

void ThreadTeam::split(Index count, const std::function<void(Rows)>& work) {
    on_each([&](Index member) {
        const Rows rows = share(count, member);
        if (rows.begin == rows.end) return;
        const auto start = Clock::now();
        work(rows);
        members_[static_cast<std::size_t>(member)].busy += Clock::now() - start;
    });
    if (members_.front().busy >= kBalanceEvery) balance();
}

void ThreadTeam::balance() {
    std::vector<double> shares;
    std::vector<double> seconds;
    for (std::size_t i = 0; i < members_.size(); ++i) {
        shares.push_back(bounds_[i + 1] - bounds_[i]);
        seconds.push_back(std::chrono::duration<double>(members_[i].busy).count());
        members_[i].busy = {};
    }
    // A member without work has shown nothing.
    if (std::find(seconds.begin(), seconds.end(), 0.0) != seconds.end()) return;
    set_bounds(balanced_shares(std::move(shares), seconds));
}

void ThreadTeam::work_until_stopped(Index member) {
    for (unsigned round = 0;; ++round) {
        wait_while_equal(round_, round);
        if (stopping_) return;
        work_as(member);
        if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
    }
}

}  // namespace bnrun
