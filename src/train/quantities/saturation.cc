#include "train/quantities/saturation.h"

#include <algorithm>

#include "math/simd.h"

namespace bnrun {

template <class T>
void Saturation<T>::after_step(const LayerView<T>& layer, std::size_t number, LayerValues& values) {
    if (layer.activation == nullptr) return;
    const Panels<T>& x = *layer.input;
    const Panels<T>& y = *layer.output;
    Room& room = rooms_[number];
    room.saturated.assign(static_cast<std::size_t>(y.rows()), 0);
    room.derivatives.resize(static_cast<std::size_t>(y.rows() * kPanelWidth));
    const T limit = static_cast<T>(layer.activation->largest_derivative() / 10);
    Index zeros = 0;
    for (Index p = 0; p < y.panels(); ++p) {
        const Index width = y.width(p);
        const T* const out = y.panel(p);
        layer.activation->derivatives(x.panel(p), out, y.rows() * width, room.derivatives.data());
        vectorized([&, derivatives = room.derivatives.data(), units = y.rows(), count = y.count(p)] {
            for (Index unit = 0; unit < units; ++unit) {
                int saturated = 0;
                int zero = 0;
                for (Index i = unit * width; i < unit * width + count; ++i) {
                    saturated += derivatives[i] < limit ? 1 : 0;
                    zero += out[i] == T(0) ? 1 : 0;
                }
                room.saturated[static_cast<std::size_t>(unit)] += saturated;
                zeros += zero;
            }
        });
    }
    const auto all = static_cast<double>(y.rows() * y.columns());
    Index saturated = 0;
    for (const Index samples : room.saturated) saturated += samples;
    const auto dead = std::count(room.saturated.begin(), room.saturated.end(), y.columns());
    const auto name = static_cast<std::int64_t>(number) + 1;
    values.push_back({name, "saturated", static_cast<double>(saturated) / all});
    values.push_back({name, "dead", static_cast<double>(dead) / static_cast<double>(y.rows())});
    values.push_back({name, "zero", static_cast<double>(zeros) / all});
}

template class Saturation<float>;
template class Saturation<double>;

}  // namespace bnrun
