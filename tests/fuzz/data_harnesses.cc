#include <string>
#include <vector>

#include "data/byte_reader.h"
#include "data/idx.h"
#include "fuzz/check.h"
#include "fuzz/harnesses.h"
#include "fuzz/memory_file.h"

namespace bnrun::fuzz {

namespace {

constexpr std::size_t kMostContents = std::size_t{1} << 22;

/// The contents, asked for so many bytes at a time. Throws DataError.
std::string contents_of(const std::string& path, std::size_t step) {
    ByteReader reader(path);
    std::string contents;
    std::vector<std::uint8_t> piece(step);
    for (std::size_t got = step; got == step && contents.size() < kMostContents;) {
        got = reader.read(piece.data(), step);
        contents.append(reinterpret_cast<const char*>(piece.data()), got);
        require(reader.position() == contents.size(), "the position is the number of bytes read");
    }
    return contents;
}

}  // namespace

void idx(std::string_view input) {
    static const MemoryFile file_in_memory("idx");
    const std::string path = file_in_memory.put(input);
    accept_or_refuse([&] {
        const IdxFile file = read_idx(path);
        std::size_t values = 1;
        for (const std::int64_t size : file.shape) values *= static_cast<std::size_t>(size);
        require(file.values.size() == values, "an IDX file has as many values as its header says");
        require(file.header_bytes == 4 + 4 * file.shape.size(), "an IDX header has 4 bytes a dimension");
    });
}

void gzip(std::string_view input) {
    static const MemoryFile file_in_memory("gzip");
    const std::string path = file_in_memory.put(input);
    accept_or_refuse([&] {
        const std::string contents = contents_of(path, 1U << 12);
        const std::size_t step = 1 + input.size() % 7;
        if (contents.size() < 1U << 10) require(contents_of(path, step) == contents, "pieces make up the whole");
    });
}

}  // namespace bnrun::fuzz
