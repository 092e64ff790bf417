// Which of the processor's vector instructions the kernels use: settled once, when the program starts.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

enum class Isa { kAvx2, kAvx512, kNeon };
inline constexpr std::array<std::string_view, 3> kIsaNames{"avx2", "avx512", "neon"};

/// Those that this processor has and the program has kernels for, the widest last. Throws ConfigError where there is
/// none: on x86-64 without AVX2 and fused multiply-adds.
std::vector<Isa> usable_isas();

/// @param wanted BNRUN_ISA's value, or null: the last of `usable`. Throws ConfigError where it is none of kIsaNames or
/// not in `usable`.
Isa chosen_isa(const char* wanted, const std::vector<Isa>& usable);

/// By BNRUN_ISA and the processor, from the first call on. Results are the same bytes with any.
Isa isa();

}  // namespace bnrun
