#include "nn/dropout.h"

#include <algorithm>

#include "base/random.h"

namespace bnrun {

template <class T>
void draw_dropout_mask(const DropoutPlace& place, double fraction, Matrix<T>& mask, Rows rows) {
    constexpr Index kDraws = 4;
    const auto threshold = static_cast<std::uint64_t>(fraction * 0x1p32);
    const T kept = static_cast<T>(1 / (1 - fraction));
    const std::array<std::uint32_t, 2> key{static_cast<std::uint32_t>(place.seed),
                                           static_cast<std::uint32_t>(place.seed >> 32)};
    const auto stream = static_cast<std::uint32_t>(Stream::kDropout);
    for (Index unit = rows.begin; unit < rows.end; ++unit) {
        T* row = mask.data() + unit * mask.cols();
        // The high half of the step shares a word with the stream's number, the unit one with the layer's.
        const std::uint32_t where = (place.layer << 16) ^ static_cast<std::uint32_t>(unit);
        const std::uint32_t high = (static_cast<std::uint32_t>(place.step >> 32) << 8) | stream;
        for (Index i = 0; i < mask.cols(); i += kDraws) {
            const auto draws = philox(
                {static_cast<std::uint32_t>(i / kDraws), static_cast<std::uint32_t>(place.step), where, high}, key);
            for (Index j = i; j < std::min(i + kDraws, mask.cols()); ++j) {
                row[j] = draws[static_cast<std::size_t>(j - i)] < threshold ? T(0) : kept;
            }
        }
    }
}

template void draw_dropout_mask(const DropoutPlace&, double, Matrix<float>&, Rows);
template void draw_dropout_mask(const DropoutPlace&, double, Matrix<double>&, Rows);
template void draw_dropout_mask(const DropoutPlace&, double, Matrix<long double>&, Rows);

}  // namespace bnrun
