#include "data/byte_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

namespace bnrun {

namespace {

constexpr std::size_t kInput = std::size_t{1} << 15;
constexpr int kGzipOnly = 16 + MAX_WBITS;

bool starts_gzip(const z_stream& stream) {
    return stream.avail_in >= 2 && stream.next_in[0] == 0x1F && stream.next_in[1] == 0x8B;
}

}  // namespace

ByteReader::ByteReader(const std::string& path) : path_(path), file_(path, Pipes::kRead), input_(kInput) {
    refill();
    compressed_ = starts_gzip(stream_);
    if (compressed_ && inflateInit2(&stream_, kGzipOnly) != Z_OK) throw std::bad_alloc();
}

ByteReader::~ByteReader() {
    if (compressed_) inflateEnd(&stream_);
}

DataError ByteReader::broken(const std::string& what) const {
    return DataError(fmt::format("{}: {} after byte {} of its contents; get the file again", path_, what, position_));
}

/// Moves what is left to the front of the input and reads on behind it; false where nothing came.
bool ByteReader::refill() {
    const std::size_t left = stream_.avail_in;
    if (left > 0) std::memmove(input_.data(), stream_.next_in, left);
    const std::size_t got = file_.read(input_.data() + left, input_.size() - left);
    stream_.next_in = input_.data();
    stream_.avail_in = static_cast<uInt>(left + got);
    return got > 0;
}

void ByteReader::start_member_or_end() {
    if (stream_.avail_in < 2) refill();
    if (stream_.avail_in == 0) {
        ended_ = true;
    } else if (starts_gzip(stream_)) {
        inflateReset(&stream_);
    } else {
        throw broken("gzip stream has trailing bytes that belong to none");
    }
}

void ByteReader::inflate_some() {
    if (stream_.avail_in == 0 && !refill()) throw broken("gzip stream is truncated");
    switch (inflate(&stream_, Z_NO_FLUSH)) {
        case Z_OK:
        case Z_BUF_ERROR: return;
        case Z_STREAM_END: return start_member_or_end();
        case Z_MEM_ERROR: throw std::bad_alloc();
        default:
            throw broken(fmt::format("gzip stream is corrupt ({})", stream_.msg == nullptr ? "bad data" : stream_.msg));
    }
}

std::size_t ByteReader::read(std::uint8_t* to, std::size_t count) {
    std::size_t total = 0;
    while (total < count) {
        const std::size_t wanted = std::min<std::size_t>(count - total, std::numeric_limits<uInt>::max() / 2);
        std::size_t got = 0;
        if (compressed_) {
            if (ended_) break;
            stream_.next_out = to + total;
            stream_.avail_out = static_cast<uInt>(wanted);
            inflate_some();
            got = wanted - stream_.avail_out;
        } else {
            if (stream_.avail_in == 0 && !refill()) break;
            got = std::min<std::size_t>(wanted, stream_.avail_in);
            std::memcpy(to + total, stream_.next_in, got);
            stream_.next_in += got;
            stream_.avail_in -= static_cast<uInt>(got);
        }
        total += got;
        position_ += got;
    }
    return total;
}

}  // namespace bnrun
