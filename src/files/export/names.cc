#include "files/export/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "base/error.h"
#include "files/table_lines.h"

namespace bnrun {
namespace {

constexpr std::string_view kLayer = "/layer_";
constexpr std::size_t kLongestQuantity = 100;
constexpr std::size_t kMostLayers = 100'000;

/// Fit for a file's name within an archive.
bool is_quantity(std::string_view text) {
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
    };
    return !text.empty() && text.size() <= kLongestQuantity && text.front() != '.' &&
           std::all_of(text.begin(), text.end(), fits);
}

}  // namespace

LayerColumn layer_column(const std::string& column, const std::string& path) {
    const std::size_t slash = column.find(kLayer);
    LayerColumn found{column.substr(0, slash), 0};
    if (slash != std::string::npos) {
        const char* const end = column.data() + column.size();
        std::from_chars(column.data() + slash + kLayer.size(), end, found.layer);
    }
    if (is_quantity(found.quantity) && found.layer <= kMostLayers) return found;
    throw DataError(fmt::format("{}: {} is no quantity of a layer; run the config again", path, shown(column)));
}

}  // namespace bnrun
