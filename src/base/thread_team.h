// A team of threads that lives as long as a run, so that handing out work costs microseconds.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "base/types.h"

namespace bnrun {

class ThreadTeam {
  public:
    /// @param threads at least 1; the calling thread is one of them. Throws ConfigError where they cannot be started.
    explicit ThreadTeam(int threads);
    ~ThreadTeam();
    ThreadTeam(const ThreadTeam&) = delete;
    ThreadTeam& operator=(const ThreadTeam&) = delete;

    [[nodiscard]] int size() const { return static_cast<int>(workers_.size()) + 1; }

    /// The contiguous share of [0, count) that falls to one member of the team, of nearly equal size for each.
    [[nodiscard]] Rows share(Index count, Index member) const;

    /// Splits [0, count) into one contiguous share a thread, and returns when every share is worked off. The work
    /// must give the same result however it is split, and must not throw.
    void split(Index count, const std::function<void(Rows)>& work);

  private:
    void stop();
    void work_until_stopped(int member);

    std::vector<std::thread> workers_;
    const std::function<void(Rows)>* work_ = nullptr;
    Index count_ = 0;
    std::atomic<unsigned> round_{0};
    std::atomic<int> busy_{0};
    bool stopping_ = false;
};

}  // namespace bnrun
