#include "nn/layers/dropout.h"

#include <algorithm>
#include <array>

#include "math/random.h"

namespace bnrun {

template <class T>
void draw_dropout_mask(const DropoutPlace& place, double rate, Panels<T>& mask, Index panel) {
    constexpr Index kDraws = 4;
    const auto threshold = static_cast<std::uint64_t>(rate * 0x1p32);
    const T kept = static_cast<T>(1 / (1 - rate));
    const std::array<std::uint32_t, 2> key{static_cast<std::uint32_t>(place.seed),
                                           static_cast<std::uint32_t>(place.seed >> 32)};
    const auto stream = static_cast<std::uint32_t>(Stream::kDropout);
    const Index width = mask.width(panel);
    const Index first = panel * Panels<T>::kWidth;
    for (Index unit = 0; unit < mask.rows(); ++unit) {
        T* const row = mask.panel(panel) + unit * width;
        // The unit's low half shares a word with the layer's number, the rest and the step's high half with the
        // stream's.
        const auto low = static_cast<std::uint32_t>(unit & 0xFFFF);
        const std::uint32_t where = (place.layer << 16) ^ low;
        const std::uint32_t high = (static_cast<std::uint32_t>(unit >> 16) << 24) ^
                                   (static_cast<std::uint32_t>(place.step >> 32) << 8) ^ stream;
        for (Index i = 0; i < width; i += kDraws) {
            const auto draws = philox(
                {static_cast<std::uint32_t>((first + i) / kDraws), static_cast<std::uint32_t>(place.step), where, high},
                key);
            for (Index j = 0; j < kDraws; ++j)
                row[i + j] = draws[static_cast<std::size_t>(j)] < threshold ? T(0) : kept;
        }
    }
}

template <class T>
void Dropout<T>::begin_batch(const Batch& batch) {
    dropping_ = batch.mode == Mode::kTrain;
    place_.seed = batch.seed;
    place_.step = batch.step;
    if (dropping_) mask_.resize(units_, batch.samples);
}

template <class T>
void Dropout<T>::forward(const Panels<T>& x, IndexRange panels, Panels<T>& y) {
    for (Index p = panels.begin; p < panels.end; ++p) {
        const T* const in = x.panel(p);
        T* const out = y.panel(p);
        const Index count = units_ * x.width(p);
        if (dropping_) {
            draw_dropout_mask(place_, rate_, mask_, p);
            const T* const mask = mask_.panel(p);
            for (Index i = 0; i < count; ++i) out[i] = in[i] * mask[i];
        } else if (in != out) {
            std::copy_n(in, count, out);
        }
    }
}

template <class T>
void Dropout<T>::backward(const Panels<T>& /*x*/, const Panels<T>& /*y*/, const Panels<T>& dy, IndexRange panels,
                          Panels<T>& dx) {
    const bool scaled = fidelity_ == Fidelity::kExact;
    for (Index p = panels.begin; p < panels.end; ++p) {
        const T* const d = dy.panel(p);
        const T* const mask = mask_.panel(p);
        T* const out = dx.panel(p);
        for (Index i = 0; i < units_ * dy.width(p); ++i) out[i] = d[i] * (scaled || mask[i] == T(0) ? mask[i] : T(1));
    }
}

#define BNRUN_DROPOUT(T)                                                             \
    template void draw_dropout_mask(const DropoutPlace&, double, Panels<T>&, Index); \
    template class Dropout<T>;
BNRUN_DROPOUT(float)
BNRUN_DROPOUT(double)
BNRUN_DROPOUT(long double)

}  // namespace bnrun
