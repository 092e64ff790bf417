// Names contents by their SHA-256: data, and the config that a run was made with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bnrun {

/// In hexadecimal, of the parts one after the other.
std::string sha256_text(const std::vector<std::pair<const std::uint8_t*, std::size_t>>& parts);

std::string sha256_text(const std::uint8_t* bytes, std::size_t count);
std::string sha256_text(std::string_view text);

/// Of what comes bit by bit.
class Sha256 {
  public:
    Sha256();
    void add(std::string_view bytes);
    [[nodiscard]] std::string text() const;  ///< of all so far

  private:
    struct Free {
        void operator()(void* context) const;
    };
    std::unique_ptr<void, Free> context_;
};

}  // namespace bnrun
