// A gzip file decompressed at once, with libdeflate: twice as fast as zlib, which reads piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/bytes.h"

namespace bnrun {

/// Whether the open file is one gzip member (RFC 1952), checksum included, of exactly `skip` + `count` bytes of
/// contents; then `contents` are the last `count` of them, else it is empty. Says nothing of what is wrong with any
/// other file: ByteReader does, and goes on where it was, as the file's position is neither used nor moved. Left to it
/// are also what is no regular file, files that would hold more than 32 times their own size, and those much larger
/// than their contents: memory stays bounded by the file's size and by what its header promises.
bool gunzip_exactly(int descriptor, std::size_t skip, std::uint64_t count, Bytes& contents);

}  // namespace bnrun
