#include "peak.h"
#include "peak_loop.h"

namespace bnrun {

template <class T>
double peak_avx2() {
    return measured_peak<T>();
}

template double peak_avx2<float>();
template double peak_avx2<double>();

}  // namespace bnrun
