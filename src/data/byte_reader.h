// The contents of a file, plain or gzip, piece by piece.
#pragma once

#include <zlib.h>

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/input_file.h"

namespace bnrun {

/// A file that starts with gzip's two magic bytes is decompressed (RFC 1952, several members too), any other is not.
class ByteReader {
  public:
    explicit ByteReader(const std::string& path);  ///< a pipe, too; throws DataError where it cannot be read
    ~ByteReader();
    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;

    /// Up to count bytes of contents; fewer only at their end. Throws DataError naming the file and byte offset:
    /// a gzip stream that is truncated, corrupt, or followed by other bytes; an error of the operating system.
    std::size_t read(std::uint8_t* to, std::size_t count);

    [[nodiscard]] std::size_t position() const { return position_; }  ///< bytes of contents read so far

  private:
    bool refill();
    void inflate_some();
    void start_member_or_end();
    [[nodiscard]] DataError broken(const std::string& what) const;

    std::string path_;
    InputFile file_;
    std::vector<std::uint8_t> input_;
    z_stream stream_{};
    bool compressed_ = false;
    bool ended_ = false;  ///< all gzip members are read
    std::size_t position_ = 0;
};

}  // namespace bnrun
