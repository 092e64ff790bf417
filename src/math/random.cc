#include "math/random.h"

#include <cmath>

#include "math/functions.h"
#include "math/simd.h"

namespace bnrun {

namespace {

constexpr std::uint64_t kMultiplier0 = 0xD2511F53;
constexpr std::uint64_t kMultiplier1 = 0xCD9E8D57;
constexpr std::uint32_t kWeyl0 = 0x9E3779B9;
constexpr std::uint32_t kWeyl1 = 0xBB67AE85;
constexpr int kRounds = 10;

}  // namespace

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < kRounds; ++round) {
        const std::uint64_t product0 = kMultiplier0 * counter[0];
        const std::uint64_t product1 = kMultiplier1 * counter[2];
        counter = {
            static_cast<std::uint32_t>(product1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(product1),
            static_cast<std::uint32_t>(product0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(product0)};
        key[0] += kWeyl0;
        key[1] += kWeyl1;
    }
    return counter;
}

void philox_groups(const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key,
                   std::size_t groups, std::uint32_t* words) {
    vectorized([=] {
        for (std::size_t group = 0; group < groups; ++group) {
            std::uint32_t* const c0 = words + group * 4 * kPhiloxGroup;
            std::uint32_t* const c1 = c0 + kPhiloxGroup;
            std::uint32_t* const c2 = c1 + kPhiloxGroup;
            std::uint32_t* const c3 = c2 + kPhiloxGroup;
            for (std::size_t i = 0; i < kPhiloxGroup; ++i) {
                c0[i] = counter[0] + static_cast<std::uint32_t>(group * kPhiloxGroup + i);
                c1[i] = counter[1];
                c2[i] = counter[2];
                c3[i] = counter[3];
            }
            for (std::uint32_t round = 0; round < kRounds; ++round) {
                const std::uint32_t key0 = key[0] + round * kWeyl0;
                const std::uint32_t key1 = key[1] + round * kWeyl1;
                BNRUN_INDEPENDENT_TURNS
                for (std::size_t i = 0; i < kPhiloxGroup; ++i) {
                    const std::uint64_t product0 = kMultiplier0 * c0[i];
                    const std::uint64_t product1 = kMultiplier1 * c2[i];
                    c0[i] = static_cast<std::uint32_t>(product1 >> 32) ^ c1[i] ^ key0;
                    c1[i] = static_cast<std::uint32_t>(product1);
                    c2[i] = static_cast<std::uint32_t>(product0 >> 32) ^ c3[i] ^ key1;
                    c3[i] = static_cast<std::uint32_t>(product0);
                }
            }
        }
    });
}

Random::Random(std::uint64_t seed, Stream stream, std::uint32_t substream, std::uint32_t part)
    : key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      counter_{0, part, substream, static_cast<std::uint32_t>(stream)} {}

std::uint32_t Random::next() {
    if (used_ == block_.size()) {
        block_ = philox(counter_, key_);
        if (++counter_[0] == 0) ++counter_[1];
        used_ = 0;
    }
    return block_[used_++];
}

double Random::uniform() {
    const std::uint64_t high = next() >> 5;
    const std::uint64_t low = next() >> 6;
    return static_cast<double>((high << 26) | low) * 0x1p-53;
}

double Random::normal() {
    if (has_spare_) {
        has_spare_ = false;
        return spare_;
    }
    double x = 0;
    double y = 0;
    double square = 0;
    do {
        x = 2 * uniform() - 1;
        y = 2 * uniform() - 1;
        square = x * x + y * y;
    } while (square >= 1 || square == 0);
    const double factor = std::sqrt(-2 * elementary::log(square) / square);
    spare_ = y * factor;
    has_spare_ = true;
    return x * factor;
}

std::uint64_t Random::below(std::uint64_t bound) {
    // Values at or above the largest multiple of the bound are drawn again.
    const std::uint64_t rejected = (UINT64_MAX % bound + 1) % bound;
    std::uint64_t value = 0;
    do {
        value = (static_cast<std::uint64_t>(next()) << 32) | next();
    } while (value > UINT64_MAX - rejected);
    return value % bound;
}

}  // namespace bnrun
