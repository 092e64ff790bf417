#include "peak.h"
#include "peak_loop.h"

namespace bnrun {

template <class T>
double peak_by(Isa /*isa*/) {
    return measured_peak<T>();
}

template double peak_by<float>(Isa);
template double peak_by<double>(Isa);

}  // namespace bnrun
