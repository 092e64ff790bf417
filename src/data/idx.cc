#include "data/idx.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <memory>

#include "base/error.h"

namespace bnrun {

namespace {

constexpr std::size_t kChunk = std::size_t{1} << 20;
constexpr std::uint64_t kMostValues = std::uint64_t{1} << 40;

/// A file of bytes, plain or gzip (zlib tells which).
class ByteReader {
  public:
    explicit ByteReader(const std::string& path) : path_(path), file_(gzopen(path.c_str(), "rb")) {
        if (file_ == nullptr) throw DataError(fmt::format("{}: cannot be opened; expected a readable file", path));
        gzbuffer(file_, 1U << 17);
    }
    ~ByteReader() { gzclose(file_); }
    ByteReader(const ByteReader&) = delete;
    ByteReader& operator=(const ByteReader&) = delete;

    /// Up to count bytes; fewer only at the end.
    std::size_t read(std::uint8_t* to, std::size_t count) {
        std::size_t total = 0;
        while (total < count) {
            const int got = gzread(file_, to + total, static_cast<unsigned>(std::min(count - total, kChunk)));
            if (got < 0) throw broken();
            if (got == 0) break;
            total += static_cast<std::size_t>(got);
            position_ += static_cast<std::size_t>(got);
        }
        if (total < count) {
            int code = Z_OK;
            gzerror(file_, &code);
            if (code != Z_OK && code != Z_STREAM_END) throw broken();
        }
        return total;
    }
    [[nodiscard]] std::size_t position() const { return position_; }

  private:
    [[nodiscard]] DataError broken() const {
        int code = Z_OK;
        const char* reason = gzerror(file_, &code);
        const char* what = code == Z_BUF_ERROR ? "gzip stream is truncated" : "gzip stream is corrupt";
        return DataError(fmt::format("{}: {} after byte {} of its contents ({}); get the file again", path_, what,
                                     position_, code == Z_BUF_ERROR ? "unexpected end" : reason));
    }

    std::string path_;
    gzFile file_;
    std::size_t position_ = 0;
};

std::string existing(const std::string& path) {
    if (std::filesystem::exists(path)) return path;
    if (std::filesystem::exists(path + ".gz")) return path + ".gz";
    throw DataError(fmt::format("{}: no such file, nor one ending in .gz; expected an IDX file (scripts/get_mnist.sh "
                                "gets MNIST's, data.source=synthetic needs none)", path));
}

std::uint32_t big_endian(const std::uint8_t* bytes) {
    return (std::uint32_t{bytes[0]} << 24) | (std::uint32_t{bytes[1]} << 16) | (std::uint32_t{bytes[2]} << 8) | bytes[3];
}

/// Reads magic and dimensions; returns the header's bytes.
std::vector<std::uint8_t> read_header(ByteReader& reader, IdxFile& file) {
    std::vector<std::uint8_t> header(4);
    if (reader.read(header.data(), 4) < 4) throw DataError(fmt::format("{}: truncated at byte {}; expected a magic number of 4 bytes", file.path, reader.position()));
    if (header[0] != 0 || header[1] != 0 || header[3] == 0) {
        throw DataError(fmt::format("{}: bad magic {:#010x} at byte 0; expected an IDX file such as 0x00000803", file.path, big_endian(header.data())));
    }
    if (header[2] != 8) {
        throw DataError(fmt::format("{}: type {:#04x} at byte 2; expected 0x08, unsigned bytes", file.path, header[2]));
    }
    const std::size_t dimensions = header[3];
    header.resize(4 + 4 * dimensions);
    if (reader.read(header.data() + 4, 4 * dimensions) < 4 * dimensions) {
        throw DataError(fmt::format("{}: truncated at byte {}; expected {} dimensions of 4 bytes", file.path, reader.position(), dimensions));
    }
    std::uint64_t values = 1;
    for (std::size_t d = 0; d < dimensions; ++d) {
        const std::uint32_t size = big_endian(header.data() + 4 + 4 * d);
        file.shape.push_back(size);
        values *= size;
        if (values > kMostValues) throw DataError(fmt::format("{}: dimensions overflow at byte {}; expected at most 2^40 values", file.path, 4 + 4 * d));
    }
    return header;
}

/// Grows with what is really there, whatever the header promises.
void read_values(ByteReader& reader, IdxFile& file) {
    std::uint64_t promised = 1;
    for (const std::int64_t size : file.shape) promised *= static_cast<std::uint64_t>(size);
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
        throw DataError(fmt::format("{}: trailing bytes from byte {}; its header promises no more", file.path, reader.position() - 1));
    }
}

std::string hex(const std::vector<std::pair<const std::uint8_t*, std::size_t>>& parts) {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr);
    for (const auto& [bytes, count] : parts) EVP_DigestUpdate(context.get(), bytes, count);
    EVP_DigestFinal_ex(context.get(), digest.data(), &length);
    std::string text;
    for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
    return text;
}

}  // namespace

std::string sha256_text(const std::uint8_t* bytes, std::size_t count) { return hex({{bytes, count}}); }

IdxFile read_idx(const std::string& path) {
    IdxFile file;
    file.path = existing(path);
    ByteReader reader(file.path);
    const std::vector<std::uint8_t> header = read_header(reader, file);
    file.header_bytes = header.size();
    read_values(reader, file);
    file.sha256 = hex({{header.data(), header.size()}, {file.values.data(), file.values.size()}});
    return file;
}

}  // namespace bnrun
