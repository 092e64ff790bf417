// The IDX format of MNIST's files, plain or gzip-compressed: http://yann.lecun.com/exdb/mnist/.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/bytes.h"

namespace bnrun {

struct IdxFile {
    std::string path;
    std::vector<std::int64_t> shape;  ///< samples first
    Bytes values;                     ///< row-major
    std::string sha256;               ///< of the uncompressed file, header included
    std::size_t header_bytes = 0;
};

/// Reads the file of that canonical path, under whichever of its usual names it is (find_idx). Of the contents, at most
/// what the header promises is held in memory, and beside it a compressed file that is not much larger. Throws
/// DataError naming the file and byte offset: not there, bad magic, a type other than unsigned byte, dimensions that
/// overflow or disagree with the file's size, a broken gzip stream.
IdxFile read_idx(const std::string& path);

}  // namespace bnrun
