// Watches a run that is going: what is new in its files, until it has ended.
#pragma once

#include <chrono>
#include <string>

#include "chart/text_chart.h"

namespace bnrun {

/// Where a run that is followed is shown.
class FollowView {
  public:
    virtual ~FollowView() = default;
    /// Whether a whole picture takes the place of the last one, or lines are added.
    [[nodiscard]] virtual bool redraws() const = 0;
    /// Asked for each picture, as a terminal may change its size.
    [[nodiscard]] virtual TextLook look() const = 0;
    virtual void show(const std::string& text) = 0;
    /// Throws Error(kInterrupted) where the user wants no more of it.
    virtual void wait(std::chrono::milliseconds time) = 0;
};

/// Returns once the run has ended, was cut off, or has never been going. A picture is that of show_run_text. Lines are
/// the last row there is and every row that comes after it, epochs, and how the run ended. Throws DataError: no run, a
/// table that cannot be read.
void follow_run(const std::string& directory, FollowView& view);

}  // namespace bnrun
