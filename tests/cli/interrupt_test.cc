// In processes of their own: what a signal leaves stays.
#include "cli/interrupt.h"

#include <gtest/gtest.h>

#include <csignal>
#include <cstdlib>
#include <vector>

#include "base/error.h"

namespace bnrun {
namespace {

int ignored_signal = 0;  ///< the signal that the process's parent ignores

/// Ends the process with the code of work that stops where an interrupt is requested, or with 99 where none is.
[[noreturn]] void end_after(const std::vector<int>& signals, ExitCode code = ExitCode::kInterrupted) {
    for (const int signal : signals) {
        if (signal != ignored_signal) (void)std::signal(signal, SIG_DFL);  // whatever this program's parent ignores
    }
    try {
        interruptible([&] {
            for (const int signal : signals) (void)std::raise(signal);
            if (interrupt_requested()) throw Error(code, "stopped");
        });
    } catch (const Error& error) {
        std::_Exit(static_cast<int>(error.code()));
    }
    std::_Exit(99);
}

TEST(InterruptDeathTest, TheFirstSignalGivesTheExitCode) {
    EXPECT_EXIT(end_after({SIGINT}), testing::ExitedWithCode(130), "");
    EXPECT_EXIT(end_after({SIGTERM}), testing::ExitedWithCode(143), "");
    EXPECT_EXIT(end_after({SIGHUP}), testing::ExitedWithCode(129), "");
    EXPECT_EXIT(end_after({SIGUSR2}), testing::ExitedWithCode(75), "");
    EXPECT_EXIT(end_after({}), testing::ExitedWithCode(99), "");
}

TEST(InterruptDeathTest, OthersSoonAfterAreTheSame) {
    EXPECT_EXIT(end_after({SIGTERM, SIGINT, SIGTERM, SIGHUP}), testing::ExitedWithCode(143), "");
    EXPECT_EXIT(end_after({SIGUSR2, SIGTERM}), testing::ExitedWithCode(75), "");
}

TEST(InterruptDeathTest, AnotherFailureKeepsItsCode) {
    EXPECT_EXIT(end_after({SIGTERM}, ExitCode::kDiverged), testing::ExitedWithCode(4), "");
}

TEST(InterruptDeathTest, WhatTheParentIgnoresStaysIgnored) {
    const auto ignoring = [] {
        ignored_signal = SIGHUP;
        (void)std::signal(SIGHUP, SIG_IGN);
        end_after({SIGHUP});
    };
    EXPECT_EXIT(ignoring(), testing::ExitedWithCode(99), "");
}

}  // namespace
}  // namespace bnrun
