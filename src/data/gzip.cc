#include "data/gzip.h"

#include <libdeflate.h>

#include <cstdio>
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

/// Empty where the file cannot be read, or is not one, or has not the size to hold so many bytes of contents.
std::vector<std::uint8_t> packed_bytes(const std::string& path, std::uint64_t contents) {
    const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"), &std::fclose);
    if (!file || std::fseek(file.get(), 0, SEEK_END) != 0) return {};
    const long size = std::ftell(file.get());
    if (size <= 0 || !is_plausible(static_cast<std::uint64_t>(size), contents)) return {};
    if (std::fseek(file.get(), 0, SEEK_SET) != 0) return {};
    std::vector<std::uint8_t> bytes(static_cast<std::size_t>(size));
    if (std::fread(bytes.data(), 1, bytes.size(), file.get()) < bytes.size()) return {};
    return bytes;
}

}  // namespace

bool gunzip_exactly(const std::string& path, std::size_t skip, std::uint64_t count,
                    std::vector<std::uint8_t>& contents) {
    contents.clear();
    const std::vector<std::uint8_t> packed = packed_bytes(path, skip + count);
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
