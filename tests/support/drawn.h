// What a picture has drawn, for tests.
#pragma once

#include <string>

namespace bnrun {

/// What each path of exactly these classes draws, a line each.
inline std::string drawn(const std::string& svg, const std::string& classes) {
    const std::string start = "<path class=\"" + classes + "\"";
    const std::string before = " d=\"";
    std::string paths;
    for (std::size_t at = svg.find(start); at != std::string::npos; at = svg.find(start, at + 1)) {
        const std::size_t from = svg.find(before, at) + before.size();
        paths += svg.substr(from, svg.find('"', from) - from) + "\n";
    }
    return paths;
}

}  // namespace bnrun
