// Whether this build counts what tests do, and so runs them many times slower: under a sanitizer.
#pragma once

namespace bnrun {

#if defined(BNRUN_SANITIZED)
inline constexpr bool kInstrumented = true;
#else
inline constexpr bool kInstrumented = false;
#endif

}  // namespace bnrun
