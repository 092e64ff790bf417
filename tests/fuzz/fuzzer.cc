// libFuzzer's entry into the harness that the build names.
#include <cstddef>
#include <cstdint>

#include "fuzz/harnesses.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    bnrun::fuzz::BNRUN_HARNESS({reinterpret_cast<const char*>(data), size});
    return 0;
}
