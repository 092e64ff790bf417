// A run that is followed, on stdout: drawn anew in its place on a terminal, line after line elsewhere.
#pragma once

#include <string>

#include "cli/terminal.h"
#include "report/follow.h"

namespace bnrun {

class ScreenView : public FollowView {
  public:
    /// @param directory of the run, for the message of an interrupt
    ScreenView(Terminal& terminal, std::string directory);

    [[nodiscard]] bool redraws() const override { return redraws_; }
    [[nodiscard]] TextLook look() const override;
    void show(const std::string& text) override;
    void wait(std::chrono::milliseconds time) override;

  private:
    Terminal& terminal_;
    std::string directory_;
    bool redraws_;
    bool is_begun_ = false;
};

/// What draws the text in place of an earlier one, from the upper left corner on: as much of it as the rows hold.
std::string redrawn(const std::string& text, std::size_t rows, bool is_first);

}  // namespace bnrun
