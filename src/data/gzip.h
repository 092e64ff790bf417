// A gzip file decompressed at once, with libdeflate: twice as fast as zlib, which reads piece by piece.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace bnrun {

/// Whether the file is one gzip member (RFC 1952), checksum included, of exactly `skip` + `count` bytes of contents;
/// then `contents` are the last `count` of them, else it is empty. Says nothing of what is wrong with any other file:
/// ByteReader does. Files that would hold more than 32 times their own size are left to it as well, and so are those
/// much larger than their contents: memory stays bounded by the file's size and by what its header promises.
bool gunzip_exactly(const std::string& path, std::size_t skip, std::uint64_t count,
                    std::vector<std::uint8_t>& contents);

}  // namespace bnrun
