// Small pictures for a page: PNG (ISO/IEC 15948), and the address by which a page holds one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace bnrun {

struct Picture {
    std::size_t width = 0;
    std::size_t height = 0;
    std::size_t channels = 1;          ///< 1: grey, 3: red, green and blue
    std::vector<std::uint8_t> pixels;  ///< (height, width, channels)
};

/// The picture as a file's bytes. Throws Error where zlib has no memory for it.
std::string png_bytes(const Picture& picture);

/// `data:image/png;base64,…` (RFC 2397, RFC 4648).
std::string png_address(std::string_view bytes);

}  // namespace bnrun
