// The machine's own limit, measured in the same run as what is compared with it.
#pragma once

#include "math/isa.h"

namespace bnrun {

/// Fused multiply-adds per second, two operations each, of one thread that does nothing else, by isa()'s instructions.
template <class T>
double peak_of_one_thread();

/// Operations per second of that many threads at once.
template <class T>
double peak_flops(int threads);

/// By an instruction set that the processor has.
template <class T>
double peak_by(Isa isa);

/// Those of x86-64, each in a source with flags of its own.
template <class T>
double peak_avx2();
template <class T>
double peak_avx512();

}  // namespace bnrun
