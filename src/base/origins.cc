#include "base/origins.h"

#include <algorithm>

namespace bnrun {
namespace {

bool is_at_or_below(std::string_view key, const std::string& parent) {
    return key.starts_with(parent) && (key.size() == parent.size() || key[parent.size()] == '.');
}

}  // namespace

const std::string& Origins::of(std::initializer_list<std::string_view> keys) const {
    const auto last = std::find_if(given_.rbegin(), given_.rend(), [&](const auto& given) {
        return std::any_of(keys.begin(), keys.end(), [&](auto key) { return is_at_or_below(key, given.first); });
    });
    return last == given_.rend() ? file_ : last->second;
}

}  // namespace bnrun
