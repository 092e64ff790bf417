// The exit codes: what the program ends with, and what each means to whoever called it.
#pragma once

#include <array>

namespace bnrun {

enum class ExitCode {
    kDone = 0,
    kDifferent = 1,
    kUsage = 2,
    kData = 3,
    kDiverged = 4,
    kWrite = 5,
    kInternal = 70,
    kRequeue = 75,
    kHungUp = 129,
    kInterrupted = 130,
    kClosedPipe = 141,
    kTerminated = 143,
};

struct ExitCodeMeaning {
    ExitCode code;
    const char* meaning;
};

/// Every exit code, as --help, the manual page and docs/guide.md list them.
inline constexpr std::array kExitCodes{
    ExitCodeMeaning{ExitCode::kDone, "done"},
    ExitCodeMeaning{ExitCode::kDifferent,
                    "a comparison (diff, check, eval, gradcheck) found a difference, or a run of a sweep failed"},
    ExitCodeMeaning{ExitCode::kUsage, "bad usage or config"},
    ExitCodeMeaning{ExitCode::kData, "bad or missing data"},
    ExitCodeMeaning{ExitCode::kDiverged, "training diverged; everything up to there is on disk"},
    ExitCodeMeaning{ExitCode::kWrite, "could not write"},
    ExitCodeMeaning{ExitCode::kInternal, "internal error: a fault of the program, or memory ran out"},
    ExitCodeMeaning{ExitCode::kRequeue, "interrupted by SIGUSR2, which Slurm sends ahead of a time limit"},
    ExitCodeMeaning{ExitCode::kHungUp, "interrupted by SIGHUP: its terminal or connection has gone"},
    ExitCodeMeaning{ExitCode::kInterrupted, "interrupted by SIGINT (Ctrl-C)"},
    ExitCodeMeaning{ExitCode::kClosedPipe, "stdout's reader closed it, as head does; runs and sweeps train on"},
    ExitCodeMeaning{ExitCode::kTerminated, "interrupted by SIGTERM"},
};

}  // namespace bnrun
