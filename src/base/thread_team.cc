#include "base/thread_team.h"

#include <string>
#include <system_error>

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

}  // namespace

ThreadTeam::ThreadTeam(int threads) {
    try {
        for (int member = 1; member < threads; ++member) {
            workers_.emplace_back([this, member] { work_until_stopped(member); });
        }
    } catch (const std::system_error& error) {
        const std::size_t started = workers_.size() + 1;
        stop();
        throw ConfigError("--threads " + std::to_string(threads) + ": only " + std::to_string(started) +
                          " can be started (" + error.what() + "); use fewer");
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
    return {count * member / size(), count * (member + 1) / size()};
}

void ThreadTeam::split(Index count, const std::function<void(Rows)>& work) {
    count_ = count;
    work_ = &work;
    busy_.store(static_cast<int>(workers_.size()), std::memory_order_relaxed);
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
    work(share(count, 0));
    for (int busy = busy_.load(std::memory_order_acquire); busy != 0; busy = busy_.load(std::memory_order_acquire)) {
        wait_while_equal(busy_, busy);
    }
}

void ThreadTeam::work_until_stopped(int member) {
    for (unsigned round = 0;; ++round) {
        wait_while_equal(round_, round);
        if (stopping_) return;
        if (const Rows rows = share(count_, member); rows.begin < rows.end) (*work_)(rows);
        if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
    }
}

}  // namespace bnrun
