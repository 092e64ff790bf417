#include "peak.h"
#include "peak_loop.h"

namespace bnrun {

template <class T>
double peak_avx512() {
    return measured_peak<T>();
}

template double peak_avx512<float>();
template double peak_avx512<double>();

}  // namespace bnrun
