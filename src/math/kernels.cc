#include "math/kernels.h"

namespace bnrun {

template <class T>
const Kernels<T>& kernels() {
    static const Kernels<T> chosen = kernels_of<T>(isa());
    return chosen;
}

template const Kernels<float>& kernels();
template const Kernels<double>& kernels();

}  // namespace bnrun
