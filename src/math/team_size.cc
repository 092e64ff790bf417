#include "math/team_size.h"

#include <algorithm>

namespace bnrun {

void TeamSize::judge(Duration wall, Duration used) {
    if (working_ > 1 && 2 * used < working_ * wall) {
        working_ = (working_ + 1) / 2;
        rest_ = next_rest_;
        next_rest_ = std::min(2 * next_rest_, kLongestRest);
        held_ = {};
        return;
    }
    held_ += wall;
    if (working_ == most_) {
        if (held_ >= kLongestRest) next_rest_ = kShortestRest;
        return;
    }
    rest_ -= wall;
    if (rest_ > Duration{}) return;
    working_ = std::min(2 * working_, most_);
    rest_ = kShortestRest;
    held_ = {};
}

}  // namespace bnrun
