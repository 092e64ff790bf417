#include "cli/screen_view.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <utility>

#include "base/error.h"
#include "cli/interrupt.h"
#include "cli/look.h"

namespace bnrun {

ScreenView::ScreenView(Terminal& terminal, std::string directory)
    : terminal_(terminal), directory_(std::move(directory)), redraws_(can_redraw(stdout_screen(), environment)) {}

TextLook ScreenView::look() const { return look_of(stdout_screen(), environment); }

void ScreenView::show(const std::string& text) {
    terminal_.bytes(redraws_ ? redrawn(text, stdout_screen().rows, !is_begun_) : text);
    is_begun_ = true;
}

/// A signal ends the poll.
void ScreenView::wait(std::chrono::milliseconds time) {
    if (!interrupt_requested()) ::poll(nullptr, 0, static_cast<int>(time.count()));
    if (interrupt_requested())
        throw Error(ExitCode::kInterrupted,
                    fmt::format("interrupted: {} is no longer followed; the run itself goes on", directory_));
}

/// ECMA-48: home, erase to the end of the line, erase to the end of the screen. What stands there is written over, so
/// that nothing flickers.
std::string redrawn(const std::string& text, std::size_t rows, bool is_first) {
    std::string drawn = is_first ? "\x1b[2J\x1b[H" : "\x1b[H";
    std::size_t start = 0;
    for (std::size_t row = 1; row < rows && start < text.size(); ++row) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        drawn += text.substr(start, end - start) + "\x1b[K\n";
        start = end + 1;
    }
    return drawn + "\x1b[J";
}

}  // namespace bnrun
