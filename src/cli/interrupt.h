// Lets a signal end a run between two iterations, with everything on disk.
#pragma once

#include <functional>

namespace bnrun {

/// Does the work with SIGINT, SIGTERM, SIGHUP and SIGUSR2 caught: the first is only noted, and those within
/// the next second are ignored; SIGINT, SIGTERM or SIGHUP later than that ends the process at once. An
/// Error(kInterrupted) that the work throws leaves with the exit code of the first signal.
void interruptible(const std::function<void()>& work);

bool interrupt_requested();

}  // namespace bnrun
