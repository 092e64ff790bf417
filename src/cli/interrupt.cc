#include "cli/interrupt.h"

#include <atomic>
#include <csignal>

namespace bnrun {
namespace {

std::atomic<bool> requested{false};
static_assert(std::atomic<bool>::is_always_lock_free, "a signal handler may set it");

void note_interrupt(int) {
    requested = true;
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

}  // namespace

void catch_interrupts() {
    catch_signal(SIGINT);
    catch_signal(SIGTERM);
}

bool interrupt_requested() { return requested; }

}  // namespace bnrun
