#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

#include "base/error.h"

namespace bnrun {
namespace {

std::atomic<int> noted{0};
static_assert(std::atomic<int>::is_always_lock_free, "a signal handler may set it");

void note_interrupt(int number) {
    int none = 0;
    noted.compare_exchange_strong(none, number);
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

/// A signal that the parent chose to ignore, as a shell does for its background jobs, stays ignored.
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
    if (signal == SIGTERM) return ExitCode::kTerminated;
    return signal == SIGUSR2 ? ExitCode::kRequeue : ExitCode::kInterrupted;
}

}  // namespace

void interruptible(const std::function<void()>& work) {
    for (const int signal : {SIGINT, SIGTERM, SIGUSR2}) catch_signal(signal);
    try {
        work();
    } catch (const Error& error) {
        if (error.code() != ExitCode::kInterrupted) throw;
        throw Error(exit_code_of(noted), error.what());
    }
}

bool interrupt_requested() { return noted != 0; }

}  // namespace bnrun
