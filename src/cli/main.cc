#include <unistd.h>

#include <string_view>

#include "cli/command_line.h"

namespace {

/// Says so without memory where there is none left.
int fail(bnrun::Terminal& terminal, const bnrun::Failure& failure) noexcept {
    try {
        return terminal.fail(failure.code, failure.line);
    } catch (...) {
        constexpr std::string_view kLine = "error: out of memory\n";
        (void)!write(STDERR_FILENO, kLine.data(), kLine.size());
        return static_cast<int>(bnrun::ExitCode::kInternal);
    }
}

}  // namespace

int main(int argc, char** argv) {
    bnrun::Terminal terminal;
    try {
        return bnrun::run_command_line(argc, argv, terminal);
    } catch (...) {
        return fail(terminal, bnrun::current_failure());
    }
}
