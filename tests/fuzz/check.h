// What every harness asks of a reader: a right answer, or one line of error.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "base/error.h"
#include "base/printable.h"

namespace bnrun::fuzz {

/// Aborts with the text, which fuzzer and test runner both take for a finding.
inline void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

/// Runs the call; a bnrun Error ends it, and must be one line that can be shown on a terminal.
template <class Call>
void accept_or_refuse(Call call) {
    try {
        call();
    } catch (const Error& error) {
        const std::string line = error.what();
        require(!line.empty(), "an error says something");
        require(printable(line) == line, "an error is UTF-8 without control characters");
    }
}

}  // namespace bnrun::fuzz
