// A file in memory, for readers that take a path.
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "fuzz/check.h"

namespace bnrun::fuzz {

class MemoryFile {
  public:
    explicit MemoryFile(const char* name) : descriptor_(::memfd_create(name, MFD_CLOEXEC)) {
        require(descriptor_ >= 0, "a file in memory can be made");
    }
    ~MemoryFile() { ::close(descriptor_); }
    MemoryFile(const MemoryFile&) = delete;
    MemoryFile& operator=(const MemoryFile&) = delete;

    /// Replaces the contents; returns the path.
    [[nodiscard]] std::string put(std::string_view contents) const {
        const bool is_done =
            ::ftruncate(descriptor_, static_cast<off_t>(contents.size())) == 0 &&
            ::pwrite(descriptor_, contents.data(), contents.size(), 0) == static_cast<ssize_t>(contents.size());
        require(is_done, "a file in memory can be written");
        return "/proc/self/fd/" + std::to_string(descriptor_);
    }

  private:
    int descriptor_;
};

}  // namespace bnrun::fuzz
