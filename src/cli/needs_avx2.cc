// On a processor without AVX2 the program ends with a line that says so. It is compiled for every x86-64 processor and
// runs before the constructors of all other sources, whose first instruction may be one that the processor does not
// have.
#include <unistd.h>

#include "base/exit_codes.h"

namespace {

[[gnu::constructor(101)]] void end_without_avx2() {
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2") != 0 && __builtin_cpu_supports("fma") != 0 &&
        __builtin_cpu_supports("bmi2") != 0)
        return;
    constexpr char kLine[] =
        "error: this processor: has no AVX2, FMA and BMI2 instructions; bnrun needs an x86-64 processor with them, "
        "as Intel makes since 2013 and AMD since 2015\n";
    (void)!write(STDERR_FILENO, kLine, sizeof kLine - 1);
    _exit(static_cast<int>(bnrun::ExitCode::kUsage));
}

}  // namespace
