#include "base/sha256.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <memory>

namespace bnrun {

std::string sha256_text(const std::vector<std::pair<const std::uint8_t*, std::size_t>>& parts) {
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

std::string sha256_text(const std::uint8_t* bytes, std::size_t count) {
    return sha256_text(std::vector<std::pair<const std::uint8_t*, std::size_t>>{{bytes, count}});
}

std::string sha256_text(std::string_view text) {
    return sha256_text(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace bnrun
