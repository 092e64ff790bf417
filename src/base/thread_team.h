// A team of threads that lives as long as a run, so that handing out work costs microseconds.
#pragma once

#include <atomic>
#include <chrono>
#include <exception>
#include <functional>
#include <thread>
#include <vector>

#include "base/types.h"

namespace bnrun {

/// Shares (they add up to 1) that move from `shares` towards those with which every member would take equally long.
/// @param seconds that each member took for its share, all positive.
std::vector<double> balanced_shares(std::vector<double> shares, const std::vector<double>& seconds);

class ThreadTeam {
  public:
    /// @param threads at least 1; the calling thread is one of them. Throws ConfigError where they cannot be started.
    explicit ThreadTeam(int threads);
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    [[nodiscard]] int size() const { return static_cast<int>(members_.size()); }

    /// Splits [0, count) into one contiguous share a thread, and returns when every share is worked off. The work
    /// must give the same result however it is split, and must not wait for what another member does. Cores are seldom
    /// equally fast, least of all those of a virtual machine, so that shares follow the time that members took for
    /// theirs. What the work throws is thrown here, once every member is through: the first member's, where several do.
    void split(Index count, const std::function<void(Rows)>& work);

    /// The share of [0, count) that `split` gives to a member; calls of `split` may change it.
    [[nodiscard]] Rows share(Index count, Index member) const;

    /// Calls work(member) on each thread, for work that the threads divide themselves, by `share` or otherwise. As for
    /// `split`, the result must not depend on who does what, and what the work throws is thrown here.
    void on_each(const std::function<void(Index)>& work);

  private:
    using Clock = std::chrono::steady_clock;

    struct alignas(64) Member {
        Clock::duration busy{};  ///< with shares, since they were last balanced
        std::exception_ptr thrown;
    };

    void stop();
    void work_until_stopped(Index member);
    void work_as(Index member) noexcept;
    [[noreturn]] void rethrow_first();
    void balance();
    void set_bounds(const std::vector<double>& shares);

    std::vector<Member> members_;
    std::vector<double> bounds_;  ///< of a whole of 1: member i's share is from bounds_[i] to bounds_[i + 1]
    std::vector<std::thread> workers_;
    const std::function<void(Index)>* work_ = nullptr;
    std::atomic<unsigned> round_{0};
    std::atomic<int> busy_{0};
    std::atomic<bool> has_thrown_{false};
    bool stopping_ = false;
};

}  // namespace bnrun
