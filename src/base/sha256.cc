#include "base/sha256.h"

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <array>
#include <stdexcept>

namespace bnrun {
namespace {

EVP_MD_CTX* context_in(void* context) { return static_cast<EVP_MD_CTX*>(context); }

/// Of what libcrypto's functions give: 1 for success.
void expect_success(int result) {
    if (result != 1) throw std::runtime_error("libcrypto could not compute a SHA-256");
}

EVP_MD_CTX* new_context() {
    // The system's configuration is left alone: it may name providers that have no SHA-256, or cannot be loaded.
    expect_success(OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr));
    return EVP_MD_CTX_new();
}

}  // namespace

void Sha256::Free::operator()(void* context) const { EVP_MD_CTX_free(context_in(context)); }

Sha256::Sha256() : context_(new_context()) {
    expect_success(EVP_DigestInit_ex(context_in(context_.get()), EVP_sha256(), nullptr));
}

void Sha256::add(std::string_view bytes) {
    expect_success(EVP_DigestUpdate(context_in(context_.get()), bytes.data(), bytes.size()));
}

std::string Sha256::text() const {
    const Sha256 copy;
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned length = 0;
    expect_success(EVP_MD_CTX_copy_ex(context_in(copy.context_.get()), context_in(context_.get())));
    expect_success(EVP_DigestFinal_ex(context_in(copy.context_.get()), digest.data(), &length));
    std::string text;
    for (unsigned i = 0; i < length; ++i) text += fmt::format("{:02x}", digest[i]);
    return text;
}

std::string sha256_text(const std::vector<std::pair<const std::uint8_t*, std::size_t>>& parts) {
    Sha256 sum;
    for (const auto& [bytes, count] : parts) sum.add({reinterpret_cast<const char*>(bytes), count});
    return sum.text();
}

std::string sha256_text(const std::uint8_t* bytes, std::size_t count) {
    return sha256_text(std::vector<std::pair<const std::uint8_t*, std::size_t>>{{bytes, count}});
}

std::string sha256_text(std::string_view text) {
    return sha256_text(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

}  // namespace bnrun
