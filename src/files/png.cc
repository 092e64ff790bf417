#include "files/png.h"

#include <zlib.h>

#include <array>

#include "base/error.h"

namespace bnrun {
namespace {

constexpr std::uint8_t kGrey = 0;
constexpr std::uint8_t kRedGreenBlue = 2;

/// Big-endian.
void put_number(std::string& bytes, std::uint32_t number) {
    for (const int shift : {24, 16, 8, 0}) bytes += static_cast<char>(number >> shift & 0xFF);
}

/// Length, type, data, and the checksum of type and data.
void put_chunk(std::string& bytes, const std::string& type, const std::string& data) {
    put_number(bytes, static_cast<std::uint32_t>(data.size()));
    const std::string sealed = type + data;
    bytes += sealed;
    put_number(bytes,
               static_cast<std::uint32_t>(crc32_z(0, reinterpret_cast<const Bytef*>(sealed.data()), sealed.size())));
}

/// Each row behind a byte that says that its values are as they are.
std::string filtered_rows(const Picture& picture) {
    const std::size_t step = picture.width * picture.channels;
    std::string rows;
    for (std::size_t y = 0; y < picture.height; ++y) {
        rows += '\0';
        rows.append(reinterpret_cast<const char*>(picture.pixels.data()) + y * step, step);
    }
    return rows;
}

std::string compressed(const std::string& bytes) {
    uLongf size = compressBound(static_cast<uLong>(bytes.size()));
    std::string result(size, '\0');
    const int code = compress2(reinterpret_cast<Bytef*>(result.data()), &size,
                               reinterpret_cast<const Bytef*>(bytes.data()), static_cast<uLong>(bytes.size()), 9);
    if (code != Z_OK) throw Error(ExitCode::kInternal, "png: zlib has no memory for a picture");
    result.resize(size);
    return result;
}

}  // namespace

std::string png_bytes(const Picture& picture) {
    std::string header;
    put_number(header, static_cast<std::uint32_t>(picture.width));
    put_number(header, static_cast<std::uint32_t>(picture.height));
    // Bits of a value, kind of colour, then the only methods there are, and no interlacing.
    for (const std::uint8_t byte : {std::uint8_t{8}, picture.channels == 3 ? kRedGreenBlue : kGrey, std::uint8_t{0},
                                    std::uint8_t{0}, std::uint8_t{0}}) {
        header += static_cast<char>(byte);
    }
    std::string bytes = "\x89PNG\r\n\x1A\n";
    put_chunk(bytes, "IHDR", header);
    put_chunk(bytes, "IDAT", compressed(filtered_rows(picture)));
    put_chunk(bytes, "IEND", "");
    return bytes;
}

std::string png_address(std::string_view bytes) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string address = "data:image/png;base64,";
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i) {
            bits = bits << 8 | (i < group.size() ? static_cast<std::uint8_t>(group[i]) : 0U);
        }
        for (std::size_t digit = 0; digit < 4; ++digit) {
            address += digit <= group.size() ? kDigits[bits >> (18 - 6 * digit) & 63] : '=';
        }
    }
    return address;
}

}  // namespace bnrun
