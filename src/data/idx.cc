#include "data/idx.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/sha256.h"
#include "data/byte_reader.h"
#include "data/idx_paths.h"

namespace bnrun {

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 16;
constexpr std::uint64_t kMostValues = std::uint64_t{1} << 40;

std::uint32_t big_endian(const std::uint8_t* bytes) {
    return (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) | (std::uint32_t{bytes[2]} << 8) |
           bytes[3];
}

/// Reads magic and dimensions; returns the header's bytes.
std::vector<std::uint8_t> read_header(ByteReader& reader, IdxFile& file) {
    std::vector<std::uint8_t> header(4);
    if (reader.read(header.data(), 4) < 4)
        throw DataError(
            fmt::format("{}: truncated at byte {}; expected a magic number of 4 bytes", file.path, reader.position()));
    if (header[0] != 0 || header[1] != 0 || header[3] == 0) {
        throw DataError(fmt::format("{}: bad magic {:#010x} at byte 0; expected an IDX file such as 0x00000803",
                                    file.path, big_endian(header.data())));
    }
    if (header[2] != 8) {
        throw DataError(fmt::format("{}: type {:#04x} at byte 2; expected 0x08, unsigned bytes", file.path, header[2]));
    }
    const std::size_t dimensions = header[3];
    header.resize(4 + 4 * dimensions);
    if (reader.read(header.data() + 4, 4 * dimensions) < 4 * dimensions) {
        throw DataError(fmt::format("{}: truncated at byte {}; expected {} dimensions of 4 bytes", file.path,
                                    reader.position(), dimensions));
    }
    std::uint64_t values = 1;
    for (std::size_t d = 0; d < dimensions; ++d) {
        const std::uint32_t size = big_endian(header.data() + 4 + 4 * d);
        file.shape.push_back(size);
        // Sizes of 0 count as 1 here, lest they hide an overflow of the others.
        if (__builtin_mul_overflow(values, std::max<std::uint64_t>(size, 1), &values) || values > kMostValues)
            throw DataError(
                fmt::format("{}: dimensions overflow at byte {}; expected at most 2^40 values", file.path, 4 + 4 * d));
    }
    return header;
}

/// Grows with what is really there, whatever the header promises.
void read_values(ByteReader& reader, std::uint64_t promised, IdxFile& file) {
    while (file.values.size() < promised) {
        const std::size_t old = file.values.size();
        const std::size_t step = std::min<std::size_t>(std::max(kChunk, old), promised - old);
        file.values.resize(old + step);
        const std::size_t got = reader.read(file.values.data() + old, step);
        if (got < step) {
            throw DataError(fmt::format("{}: truncated at byte {}; its header promises {} bytes; get the file again",
                                        file.path, reader.position(), promised + file.header_bytes));
        }
    }
    std::uint8_t beyond = 0;
    if (reader.read(&beyond, 1) != 0) {
        throw DataError(fmt::format("{}: trailing bytes from byte {}; its header promises no more", file.path,
                                    reader.position() - 1));
    }
}

}  // namespace

IdxFile read_idx(const std::string& path) {
    IdxFile file;
    file.path = find_idx(path);
    ByteReader reader(file.path);
    const std::vector<std::uint8_t> header = read_header(reader, file);
    file.header_bytes = header.size();
    std::uint64_t promised = 1;  // cannot overflow: read_header has seen to it
    for (const std::int64_t size : file.shape) promised *= static_cast<std::uint64_t>(size);
    read_values(reader, promised, file);
    file.sha256 = sha256_text({{header.data(), header.size()}, {file.values.data(), file.values.size()}});
    return file;
}

}  // namespace bnrun
