#include "math/thread_team.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <system_error>
#include <utility>

#include "base/error.h"
#include "base/platform.h"
#include "math/simd.h"

namespace bnrun {

namespace {

using Clock = std::chrono::steady_clock;

/// How long a thread waits awake: about what it costs to put it to sleep and wake it again, so that a wait takes at
/// most twice what it would take if its end were known.
constexpr auto kSpin = std::chrono::microseconds(50);
constexpr int kPausesPerLook = 32;  ///< at the clock

/// Spins for a while, then lets the operating system sleep on the value.
/// @return the time that it spun.
template <class T>
Clock::duration wait_while_equal(const std::atomic<T>& value, T old) {
    const auto start = Clock::now();
    Clock::duration spun{};
    while (spun < kSpin) {
        for (int pause = 0; pause < kPausesPerLook; ++pause) {
            if (value.load(std::memory_order_acquire) != old) return Clock::now() - start;
            pause_in_loop();
        }
        spun = Clock::now() - start;
    }
    value.wait(old, std::memory_order_acquire);
    return spun;
}

/// Work done by the caller alone, for longer than this between two rounds, says nothing about a team.
constexpr auto kLongestGap = std::chrono::milliseconds(1);

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

ThreadTeam::ThreadTeam(int threads, int processors)
    : members_(static_cast<std::size_t>(threads)), size_(std::min(threads, processors)) {
    share_equally();
    members_[0].thread = pthread_self();
    workers_.reserve(members_.size());
    try {
        for (Index member = 1; member < size_.working(); ++member) {
            workers_.emplace_back([this, member] { work_until_stopped(member); });
            members_[static_cast<std::size_t>(member)].thread = workers_.back().native_handle();
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
    begin_round(static_cast<Index>(workers_.size()) + 1);
    for (std::thread& worker : workers_) worker.join();
}

IndexRange ThreadTeam::share(Index count, Index member) const {
    const auto bound = [&](Index i) {
        return static_cast<Index>(std::lround(static_cast<double>(count) * bounds_[static_cast<std::size_t>(i)]));
    };
    return {bound(member), bound(member + 1)};
}

void ThreadTeam::set_bounds(const std::vector<double>& shares) {
    bounds_.assign(1, 0.0);
    for (const double share : shares) bounds_.push_back(bounds_.back() + share);
    bounds_.back() = 1;
    bounds_.resize(members_.size() + 1, 1.0);  // nothing is left for those that rest
}

void ThreadTeam::share_equally() {
    for (Member& member : members_) member.busy = {};
    const auto working = static_cast<std::size_t>(size_.working());
    set_bounds(std::vector<double>(working, 1.0 / size_.working()));
}

void ThreadTeam::begin_round(Index working) {
    for (Index member = 1; member < working; ++member) {
        std::atomic<unsigned>& rounds = members_[static_cast<std::size_t>(member)].rounds;
        rounds.fetch_add(1, std::memory_order_release);
        rounds.notify_one();
    }
}

void ThreadTeam::on_each(const std::function<void(Index)>& work) {
    if (!workers_.empty()) begin_period();
    work_ = &work;
    const Index working = size_.working();
    busy_.store(static_cast<int>(working) - 1, std::memory_order_relaxed);
    begin_round(working);
    work_as(0);
    for (Index resting = working; resting < size(); ++resting) work_as(resting);
    for (int busy = busy_.load(std::memory_order_acquire); busy != 0; busy = busy_.load(std::memory_order_acquire)) {
        members_[0].spun += wait_while_equal(busy_, busy);
    }
    if (!workers_.empty()) end_period();
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

void ThreadTeam::split(Index count, const std::function<void(IndexRange)>& work) {
    on_each([&](Index member) {
        const IndexRange rows = share(count, member);
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
    for (std::size_t i = 0; i < static_cast<std::size_t>(size_.working()); ++i) {
        shares.push_back(bounds_[i + 1] - bounds_[i]);
        seconds.push_back(std::chrono::duration<double>(members_[i].busy).count());
        members_[i].busy = {};
    }
    // A member without work has shown nothing.
    if (std::find(seconds.begin(), seconds.end(), 0.0) != seconds.end()) return;
    set_bounds(balanced_shares(std::move(shares), seconds));
}

TeamSize::Duration ThreadTeam::Member::used_since_last() {
    const TeamSize::Duration now = time_used(thread);
    const TeamSize::Duration worked = now - std::exchange(used, now) - std::exchange(spun, {});
    return std::max(worked, TeamSize::Duration{});
}

TeamSize::Duration ThreadTeam::used_since_last() {
    TeamSize::Duration sum{};
    for (std::size_t i = 0; i <= workers_.size(); ++i) sum += members_[i].used_since_last();
    return sum;
}

void ThreadTeam::begin_period() {
    const auto now = Clock::now();
    if (now - round_ended_ < kLongestGap) return;
    used_since_last();
    period_began_ = now;
}

void ThreadTeam::end_period() {
    round_ended_ = Clock::now();
    const auto wall = round_ended_ - period_began_;
    if (wall < TeamSize::kPeriod) return;
    period_began_ = round_ended_;
    const int before = size_.working();
    size_.judge(wall, used_since_last());
    if (size_.working() != before) share_equally();
}

void ThreadTeam::work_until_stopped(Index index) {
    Member& member = members_[static_cast<std::size_t>(index)];
    for (unsigned round = 0;; ++round) {
        member.spun += wait_while_equal(member.rounds, round);
        if (stopping_) return;
        work_as(index);
        if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
    }
}

}  // namespace bnrun
