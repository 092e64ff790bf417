// Lets Ctrl-C end a run between two iterations, with everything on disk.
#pragma once

namespace bnrun {

/// The first SIGINT or SIGTERM is only noted; the second ends the process at once.
void catch_interrupts();

bool interrupt_requested();

}  // namespace bnrun
