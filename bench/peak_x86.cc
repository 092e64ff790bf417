#include "peak.h"

namespace bnrun {

template <class T>
double peak_by(Isa isa) {
    return isa == Isa::kAvx512 ? peak_avx512<T>() : peak_avx2<T>();
}

template double peak_by<float>(Isa);
template double peak_by<double>(Isa);

}  // namespace bnrun
