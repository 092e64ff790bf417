#include "data/gzip.h"

#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <memory>
#include <new>

namespace bnrun {

namespace {

constexpr std::uint64_t kMostExpansion = 32;
constexpr std::uint64_t kMostOverhead = std::uint64_t{1}
                                        << 16;  ///< of gzip's header, and deflate's of incompressible data

/// Whether so many bytes of file are likely to hold so many bytes of contents, and so worth the memory for both.
bool is_plausible(std::uint64_t packed, std::uint64_t contents) {
    return contents / kMostExpansion <= packed && packed <= contents + contents / kMostExpansion + kMostOverhead;
}

/// Empty where the file cannot be read at once, or has not the size to hold so many bytes of contents.
Bytes packed_bytes(int descriptor, std::uint64_t contents) {
    struct stat file {};
    if (::fstat(descriptor, &file) != 0 || !S_ISREG(file.st_mode)) return {};
    const auto size = static_cast<std::size_t>(file.st_size);
    if (!is_plausible(size, contents)) return {};
    Bytes bytes(size);
    if (::pread(descriptor, bytes.data(), size, 0) != file.st_size) return {};
    return bytes;
}

}  // namespace

bool gunzip_exactly(int descriptor, std::size_t skip, std::uint64_t count, Bytes& contents) {
    contents.clear();
    const Bytes packed = packed_bytes(descriptor, skip + count);
    if (packed.empty()) return false;
    const std::unique_ptr<libdeflate_decompressor, void (*)(libdeflate_decompressor*)> decompressor(
        libdeflate_alloc_decompressor(), &libdeflate_free_decompressor);
    if (!decompressor) throw std::bad_alloc();
    contents.resize(skip + count);
    std::size_t read = 0;
    // Without a place for the number of bytes written, anything but exactly so many is a failure.
    const bool whole = libdeflate_gzip_decompress_ex(decompressor.get(), packed.data(), packed.size(), contents.data(),
                                                     contents.size(), &read, nullptr) == LIBDEFLATE_SUCCESS &&
                       read == packed.size();
    contents.erase(contents.begin(), whole ? contents.begin() + static_cast<std::ptrdiff_t>(skip) : contents.end());
    return whole;
}

}  // namespace bnrun
