// Vectors of bytes that may be as large as a data set.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <vector>

#include "base/platform.h"

namespace bnrun {

/// Asks for huge pages where so much is allocated that they are filled: in a virtual machine the first touch of MNIST's
/// images takes several times as long in small pages as to hash them.
template <class T>
class LargeAllocator {
  public:
    using value_type = T;  // NOLINT(readability-identifier-naming): as the standard names it

    LargeAllocator() = default;
    template <class U>
    explicit LargeAllocator(const LargeAllocator<U>&) {}

    [[nodiscard]] T* allocate(std::size_t count) {
        const std::size_t bytes = count * sizeof(T);
        if (bytes < kLarge) return static_cast<T*>(::operator new(bytes));
        void* const memory = std::aligned_alloc(kPage, (bytes + kPage - 1) / kPage * kPage);
        if (memory == nullptr) throw std::bad_alloc();
        ask_for_huge_pages(memory, bytes);
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) {
        if (count * sizeof(T) < kLarge) {
            ::operator delete(memory);
        } else {
            std::free(memory);
        }
    }

    friend bool operator==(const LargeAllocator&, const LargeAllocator&) { return true; }

  private:
    static constexpr std::size_t kPage = std::size_t{1} << 21;
    static constexpr std::size_t kLarge = 2 * kPage;
};

using Bytes = std::vector<std::uint8_t, LargeAllocator<std::uint8_t>>;

}  // namespace bnrun
