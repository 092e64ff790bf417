// Which of the processor's vector instructions the kernels use: settled once, when the program starts.
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace bnrun {

enum class Isa { kAvx2, kAvx512 };
inline constexpr std::array<std::string_view, 2> kIsaNames{"avx2", "avx512"};

/// What this processor has. Throws ConfigError where it has not even AVX2 with fused multiply-adds.
Isa widest_isa();

/// @param wanted BNRUN_ISA's value, or null: the widest. Throws ConfigError where it is none of kIsaNames or more than
/// the processor has.
Isa chosen_isa(const char* wanted, Isa widest);

/// By BNRUN_ISA and the processor, from the first call on. Results are the same bytes with either.
Isa isa();

}  // namespace bnrun
