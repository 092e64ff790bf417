#include "base/error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <new>
#include <stdexcept>

namespace bnrun {
namespace {

template <class Exception>
Failure failure_of(const Exception& exception) {
    try {
        throw exception;
    } catch (...) {
        return current_failure();
    }
}

TEST(CurrentFailure, AnErrorSpeaksForItself) {
    const Failure failure = failure_of(DataError("x.idx: too short"));
    EXPECT_EQ(failure.code, ExitCode::kData);
    EXPECT_EQ(failure.line, "x.idx: too short");
}

TEST(CurrentFailure, AnyOtherExceptionIsAFaultOfTheProgramInOneLine) {
    const Failure failure = failure_of(std::out_of_range("at:\n1"));
    EXPECT_EQ(failure.code, ExitCode::kInternal);
    EXPECT_EQ(failure.line.find("internal error: at:\\u000a1; this is a fault of bnrun"), 0U) << failure.line;
    EXPECT_EQ(failure_of(3).code, ExitCode::kInternal);
}

TEST(CurrentFailure, AnExceptionOfTheFileSystemNamesPathAndReason) {
    const std::error_code denied = std::make_error_code(std::errc::permission_denied);
    const Failure failure = failure_of(std::filesystem::filesystem_error("cannot get status", "some\x1b/run", denied));
    EXPECT_EQ(failure.code, ExitCode::kData);
    EXPECT_EQ(failure.line, "some\\u001b/run: cannot be used: Permission denied; check the path and its rights");
}

TEST(CurrentFailure, WithoutMemoryItSaysWhatToMakeSmaller) {
    const Failure failure = failure_of(std::bad_alloc());
    EXPECT_EQ(failure.code, ExitCode::kInternal);
    EXPECT_EQ(failure.line.find("out of memory: make the network"), 0U) << failure.line;
}

TEST(ExitCodes, EachHasOneMeaningInRisingOrder) {
    EXPECT_TRUE(std::is_sorted(kExitCodes.begin(), kExitCodes.end(),
                               [](const auto& a, const auto& b) { return a.code < b.code; }));
}

}  // namespace
}  // namespace bnrun
