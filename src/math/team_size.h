// How many members of a team of threads are worth having at work, judged by what they get done.
#pragma once

#include <chrono>

namespace bnrun {

/// A thread that another program keeps off its processor holds up all that wait for it, so that a crowded machine is
/// slower with two threads than with one. Where less than half of the members' time is of use, half of them would do
/// as much: half of them rest then. They are tried again after a while, which doubles each time that this was in vain.
class TeamSize {
  public:
    using Duration = std::chrono::nanoseconds;

    explicit TeamSize(int most) : most_(most), working_(most) {}

    [[nodiscard]] int working() const { return working_; }

    /// To be called every kPeriod or so.
    /// @param wall time since the last call.
    /// @param used processor time that the working members spent on their work in it, added up, without waiting.
    void judge(Duration wall, Duration used);

    static constexpr Duration kPeriod = std::chrono::milliseconds(20);

  private:
    int most_;
    int working_;
    Duration rest_{};  ///< left until more are tried
    Duration next_rest_ = kShortestRest;
    Duration held_{};  ///< how long the present number has been worth it

    static constexpr Duration kShortestRest = std::chrono::milliseconds(100);
    static constexpr Duration kLongestRest = std::chrono::seconds(2);
};

}  // namespace bnrun
