#include "cli/look.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <string_view>

namespace bnrun {
namespace {

constexpr std::size_t kUsualWidth = 80;
constexpr std::size_t kFewestColumnsShown = 20;
constexpr std::size_t kMostColumnsShown = 1000;

std::string_view value_of(const Environment& variable, const char* name) {
    const char* const value = variable(name);
    return value == nullptr ? "" : value;
}

/// As in the C library: the first of them that is set decides.
bool is_utf8_locale(const Environment& variable) {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        std::string locale(value_of(variable, name));
        if (locale.empty()) continue;
        std::transform(locale.begin(), locale.end(), locale.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return locale.find("utf-8") != std::string::npos || locale.find("utf8") != std::string::npos;
    }
    return false;
}

bool is_dumb(const Environment& variable) { return value_of(variable, "TERM") == "dumb"; }

std::size_t columns_for(const Screen& screen, const Environment& variable) {
    const std::string_view asked = value_of(variable, "COLUMNS");
    std::size_t columns = 0;
    std::from_chars(asked.data(), asked.data() + asked.size(), columns);
    if (columns == 0) columns = screen.columns;
    if (columns == 0) columns = kUsualWidth;
    return std::clamp(columns, kFewestColumnsShown, kMostColumnsShown);
}

}  // namespace

Screen stdout_screen() {
    Screen screen;
    screen.is_terminal = ::isatty(STDOUT_FILENO) == 1;
    winsize size{};
    if (!screen.is_terminal || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return screen;
    screen.columns = size.ws_col;
    screen.rows = size.ws_row;
    return screen;
}

TextLook look_of(const Screen& screen, const Environment& variable) {
    TextLook look;
    look.columns = columns_for(screen, variable);
    look.glyphs = is_utf8_locale(variable) && !is_dumb(variable) ? Glyphs::kUnicode : Glyphs::kAscii;
    look.colour = screen.is_terminal && !is_dumb(variable) && variable("NO_COLOR") == nullptr;
    look.is_cut = screen.is_terminal;
    return look;
}

bool can_redraw(const Screen& screen, const Environment& variable) {
    return screen.is_terminal && screen.rows > 1 && !is_dumb(variable);
}

const char* environment(const char* name) { return std::getenv(name); }

}  // namespace bnrun
