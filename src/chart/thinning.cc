#include "chart/thinning.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace bnrun {

std::vector<std::size_t> extremes(const std::vector<double>& values, std::size_t most) {
    std::vector<std::size_t> picked;
    if (values.size() <= most) {
        picked.resize(values.size());
        std::iota(picked.begin(), picked.end(), std::size_t{0});
        return picked;
    }
    const std::size_t stretch = stride_for(values.size(), std::max<std::size_t>(most / 2, 1));
    picked = {0, values.size() - 1};
    for (std::size_t begin = 0; begin < values.size(); begin += stretch) {
        const std::size_t end = std::min(begin + stretch, values.size());
        std::size_t low = end;
        std::size_t high = end;
        std::size_t bad = end;
        for (std::size_t i = begin; i < end; ++i) {
            if (!std::isfinite(values[i])) {
                bad = std::min(bad, i);
                continue;
            }
            if (low == end || values[i] < values[low]) low = i;
            if (high == end || values[i] > values[high]) high = i;
        }
        for (const std::size_t place : {low, high, bad}) {
            if (place < end) picked.push_back(place);
        }
    }
    std::sort(picked.begin(), picked.end());
    picked.erase(std::unique(picked.begin(), picked.end()), picked.end());
    return picked;
}

std::size_t stride_for(std::size_t rows, std::size_t most) {
    return std::max<std::size_t>(1, (rows + most - 1) / most);
}

std::vector<std::size_t> every(std::size_t stride, std::size_t rows) {
    std::vector<std::size_t> picked;
    for (std::size_t i = 0; i < rows; i += stride) picked.push_back(i);
    if (!picked.empty() && picked.back() + 1 != rows) picked.push_back(rows - 1);
    return picked;
}

std::string count_text(std::size_t count) {
    std::string text = fmt::format("{}", count);
    for (std::size_t place = text.size(); place > 3; place -= 3) text.insert(place - 3, ",");
    return text;
}

std::string every_text(std::size_t stride, std::size_t rows) {
    const std::size_t tens = stride % 100 / 10;
    const std::size_t ones = stride % 10;
    const char* ending = tens == 1 ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
    return fmt::format("every {}{} of {} rows", stride, ending, count_text(rows));
}

}  // namespace bnrun
