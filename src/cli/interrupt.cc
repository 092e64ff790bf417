#include "cli/interrupt.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>

#include "base/error.h"

namespace bnrun {
namespace {

constexpr std::int64_t kSameSignal = 1'000'000'000;  ///< nanoseconds within which another signal is the first one

std::atomic<std::int64_t> noted_at{0};
std::atomic<int> noted{0};
static_assert(std::atomic<int>::is_always_lock_free && std::atomic<std::int64_t>::is_always_lock_free,
              "a signal handler may set them");

std::int64_t nanoseconds() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * std::int64_t{1'000'000'000} + now.tv_nsec;
}

/// One Ctrl-C often comes as several signals: from the terminal, and from a shell, GNU parallel or Slurm above.
void note_interrupt(int number) {
    const int error = errno;
    const std::int64_t now = nanoseconds();
    std::int64_t first = 0;
    if (noted_at.compare_exchange_strong(first, now)) {
        noted = number;
    } else if (number != SIGUSR2 && now - first >= kSameSignal) {
        std::signal(number, SIG_DFL);
        std::raise(number);  // on return from here
    }
    errno = error;
}

/// A signal that the parent chose to ignore, as a shell does for its background jobs and nohup, stays ignored.
void catch_signal(int number) {
    struct sigaction action {};
    if (sigaction(number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN) return;
    action = {};
    action.sa_handler = note_interrupt;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    sigaction(number, &action, nullptr);
}

ExitCode exit_code_of(int signal) {
    switch (signal) {
        case SIGHUP: return ExitCode::kHungUp;
        case SIGTERM: return ExitCode::kTerminated;
        case SIGUSR2: return ExitCode::kRequeue;
        default: return ExitCode::kInterrupted;
    }
}

}  // namespace

void interruptible(const std::function<void()>& work) {
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGUSR2}) catch_signal(signal);
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ExitCode::kInterrupted) throw;
        throw Error(exit_code_of(noted), error.what());
    }
}

bool interrupt_requested() { return noted != 0; }

}  // namespace bnrun
