// Lets a signal end a run between two iterations, with everything on disk.
#pragma once

#include <functional>

namespace bnrun {

/// Does the work with SIGINT, SIGTERM and SIGUSR2 caught: the first is only noted; a second SIGINT or SIGTERM ends the
/// process at once. An Error(kInterrupted) that the work throws leaves with the exit code of the signal.
void interruptible(const std::function<void()>& work);

bool interrupt_requested();

}  // namespace bnrun
