// Random numbers that depend on nothing but the seed and the place they are used in.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace bnrun {

/// Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

inline constexpr std::size_t kPhiloxGroup = 16;

/// The same for many counters, which differ in their first word: it counts up from the one given. Of each sixteen
/// counters, all first words come first, then all second words, and so on. @param words 64 of each of the groups
void philox_groups(const std::array<std::uint32_t, 4>& counter, const std::array<std::uint32_t, 2>& key,
                   std::size_t groups, std::uint32_t* words);

/// Purposes that draw independently of one another.
enum class Stream : std::uint32_t {
    kInitialValues = 1,
    kOrder,
    kDropout,
    kData,
    kSpectralStart,
    kCheck,
    kDistortion,
    kDisplacement,
    kNoise,
    kSweep,
};

/// A sequence fixed by (seed, stream, substream, part): Philox under key = seed, counting up from 0. A part has 2^32
/// blocks of four words before it runs into the next.
class Random {
  public:
    Random(std::uint64_t seed, Stream stream, std::uint32_t substream = 0, std::uint32_t part = 0);

    std::uint32_t next();                      ///< 32 random bits
    double uniform();                          ///< [0, 1), 53 bits
    double normal();                           ///< N(0, 1), by Marsaglia's polar method (SIAM Review 6, 1964)
    std::uint64_t below(std::uint64_t bound);  ///< 0 … bound-1 without bias; bound ≥ 1

  private:
    std::array<std::uint32_t, 2> key_;
    std::array<std::uint32_t, 4> counter_;
    std::array<std::uint32_t, 4> block_{};
    unsigned used_ = 4;
    double spare_ = 0;
    bool has_spare_ = false;
};

}  // namespace bnrun
