// A team of threads that lives as long as a run, so that handing out work costs microseconds.
#pragma once

#include <pthread.h>

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

#include "base/processors.h"
#include "math/matrix.h"
#include "math/team_size.h"

namespace bnrun {

/// Shares (they add up to 1) that move from `shares` towards those with which every member would take equally long.
/// @param seconds that each member took for its share, all positive.
std::vector<double> balanced_shares(std::vector<double> shares, const std::vector<double>& seconds);

/// Threads wait for each other after every piece of work. They wait awake at first, as that is short where each has a
/// processor to itself. Where other programs want the processors, too, members rest (TeamSize), and the work is shared
/// out among the others; the results are the same.
class ThreadTeam {
  public:
    /// @param threads at least 1; the calling thread is one of them. Throws ConfigError where they cannot be started.
    /// @param processors that may be kept busy at once: no more threads than that are started.
    explicit ThreadTeam(int threads, int processors = usable_processors());
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    [[nodiscard]] int size() const { return static_cast<int>(members_.size()); }
    /// Members that are at work, the first ones; the others rest. Changes between two rounds of work only.
    [[nodiscard]] int working() const { return size_.working(); }

    /// Splits [0, count) into one contiguous share a thread, and returns when every share is worked off. The work
    /// must give the same result however it is split, and must not wait for what another member does. Cores are seldom
    /// equally fast, least of all those of a virtual machine, so that shares follow the time that members took for
    /// theirs. What the work throws is thrown here, once every member is through: the first member's, where several do.
    void split(Index count, const std::function<void(IndexRange)>& work);

    /// The share of [0, count) that `split` gives to a member; calls of `split` and `on_each` may change it once they
    /// return.
    [[nodiscard]] IndexRange share(Index count, Index member) const;

    /// Calls work(member) for each member, for work that members divide themselves, by `share` or otherwise; for one
    /// that rests on the calling thread, after its own. As for `split`, the result must not depend on who does what,
    /// and what the work throws is thrown here.
    void on_each(const std::function<void(Index)>& work);

  private:
    using Clock = std::chrono::steady_clock;

    struct alignas(64) Member {
        /// Processor time spent on work since this was last asked for.
        TeamSize::Duration used_since_last();

        std::atomic<unsigned> rounds{0};  ///< that it was told to work in
        pthread_t thread{};
        Clock::duration busy{};  ///< with shares, since they were last balanced
        Clock::duration spun{};  ///< since its size was last judged
        TeamSize::Duration used{};
        std::exception_ptr thrown;
    };

    void begin_round(Index working);
    void share_equally();
    void begin_period();
    void end_period();
    TeamSize::Duration used_since_last();
    void stop();
    void work_until_stopped(Index member);
    void work_as(Index member) noexcept;
    [[noreturn]] void rethrow_first();
    void balance();
    void set_bounds(const std::vector<double>& shares);

    std::vector<Member> members_;
    std::vector<double> bounds_;  ///< of a whole of 1: member i's share is from bounds_[i] to bounds_[i + 1]
    std::vector<std::thread> workers_;
    TeamSize size_;
    Clock::time_point period_began_;  ///< of those in which what members get done is measured
    Clock::time_point round_ended_;
    const std::function<void(Index)>* work_ = nullptr;
    std::atomic<int> busy_{0};
    std::atomic<bool> has_thrown_{false};
    bool stopping_ = false;
};

}  // namespace bnrun
