// What stdout can show: its width, its characters, its colours.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

#include "chart/text_chart.h"

namespace bnrun {

/// A variable's value; null where it is not set.
using Environment = std::function<const char*(const char* name)>;

/// What of the terminal is known.
struct Screen {
    bool is_terminal = false;
    std::size_t columns = 0;  ///< 0: not known
    std::size_t rows = 0;
};

/// Of stdout, as it is now: a user may resize it.
Screen stdout_screen();

/// COLUMNS goes before the terminal's own width, 80 is for neither. Unicode where the locale (LC_ALL, else LC_CTYPE,
/// else LANG) is UTF-8 and TERM is not dumb; colours on a terminal that is not dumb, without NO_COLOR.
TextLook look_of(const Screen& screen, const Environment& variable);

/// Whether a picture can be drawn anew in its place.
bool can_redraw(const Screen& screen, const Environment& variable);

/// The program's own.
const char* environment(const char* name);

}  // namespace bnrun
