#include "math/order_statistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "math/reduce.h"
#include "math/simd.h"

namespace bnrun {

namespace {

constexpr std::size_t kBins = 2048;
constexpr std::size_t kCounters = 4;  ///< of each bin: one that is used again at once has to wait for itself

}  // namespace

QuantilePlace::QuantilePlace(Index count, double q)
    : below(static_cast<Index>(static_cast<double>(count - 1) * q)),
      above(std::min(below + 1, count - 1)),
      share(static_cast<double>(count - 1) * q - static_cast<double>(below)) {}

template <class T>
std::vector<T> OrderStatistics<T>::of(const T* values, Index count, const std::vector<Index>& ranks) {
    std::vector<Index> rising = ranks;
    std::sort(rising.begin(), rising.end());
    find(values, count, rising);
    std::vector<T> ordered;
    for (const Index rank : ranks) {
        const auto place = std::lower_bound(rising.begin(), rising.end(), rank) - rising.begin();
        ordered.push_back(found_[static_cast<std::size_t>(place)]);
    }
    return ordered;
}

template <class T>
void OrderStatistics<T>::find(const T* values, Index count, const std::vector<Index>& ranks) {
    Range<T> range;
    vectorized([&] { range = range_of(values, count); });
    found_.assign(ranks.size(), range.min);
    if (!(range.min < range.max)) return;
    // A value's bin follows from one rounded product, which does not fall where the value rises: values of a lower bin
    // are smaller.
    const T scale = static_cast<T>(kBins - 1) / (range.max - range.min);
    if (!(scale < std::numeric_limits<T>::infinity()) || scale == T(0)) {
        collected_.assign(values, values + count);
        std::sort(collected_.begin(), collected_.end());
        for (std::size_t r = 0; r < ranks.size(); ++r) found_[r] = collected_[static_cast<std::size_t>(ranks[r])];
        return;
    }
    count_bins(values, count, range.min, scale);
    collect(values, count, ranks);
    search(ranks);
}

template <class T>
void OrderStatistics<T>::count_bins(const T* values, Index count, T low, T scale) {
    bins_.resize(static_cast<std::size_t>(count));
    std::uint16_t* const bins = bins_.data();
    vectorized([=] {
        for (Index i = 0; i < count; ++i) {
            bins[i] = static_cast<std::uint16_t>(static_cast<std::int32_t>((values[i] - low) * scale));
        }
    });
    counts_.assign(kBins * kCounters, 0);
    std::uint32_t* const counts = counts_.data();
    Index i = 0;
    for (; i + static_cast<Index>(kCounters) <= count; i += static_cast<Index>(kCounters)) {
        for (std::size_t c = 0; c < kCounters; ++c) ++counts[bins[static_cast<std::size_t>(i) + c] * kCounters + c];
    }
    for (; i < count; ++i) ++counts[bins[i] * kCounters];
    for (std::size_t bin = 0; bin < kBins; ++bin) {
        std::uint32_t sum = 0;
        for (std::size_t c = 0; c < kCounters; ++c) sum += counts[bin * kCounters + c];
        counts[bin] = sum;
    }
}

template <class T>
void OrderStatistics<T>::collect(const T* values, Index count, const std::vector<Index>& ranks) {
    is_wanted_.assign(kBins, 0);
    std::size_t bin = 0;
    Index below = 0;  // values in lower bins
    std::size_t size = 0;
    for (const Index rank : ranks) {
        while (below + counts_[bin] <= rank) below += counts_[bin++];
        size += is_wanted_[bin] != 0 ? 0 : counts_[bin];
        is_wanted_[bin] = 1;
    }
    collected_.resize(size + 1);  // the last is written to in vain
    collected_bins_.resize(size + 1);
    std::size_t at = 0;
    for (Index i = 0; i < count; ++i) {
        const std::uint16_t own = bins_[static_cast<std::size_t>(i)];
        collected_[at] = values[i];
        collected_bins_[at] = own;
        at += static_cast<std::size_t>(is_wanted_[own]);
    }
    collected_.resize(size);
    collected_bins_.resize(size);
}

template <class T>
void OrderStatistics<T>::search(const std::vector<Index>& ranks) {
    std::size_t bin = 0;
    Index below = 0;
    std::size_t parted = kBins;  // the bin whose values are in part_
    Index done = 0;              // of them, those in their places
    for (std::size_t r = 0; r < ranks.size(); ++r) {
        while (below + counts_[bin] <= ranks[r]) below += counts_[bin++];
        if (parted != bin) {
            part_.clear();
            for (std::size_t i = 0; i < collected_.size(); ++i) {
                if (collected_bins_[i] == bin) part_.push_back(collected_[i]);
            }
            parted = bin;
            done = 0;
        }
        const Index place = ranks[r] - below;
        if (place >= done) std::nth_element(part_.begin() + done, part_.begin() + place, part_.end());
        done = std::max(done, place + 1);
        found_[r] = part_[static_cast<std::size_t>(place)];
    }
}

template class OrderStatistics<float>;
template class OrderStatistics<double>;

}  // namespace bnrun
