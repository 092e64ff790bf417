"""A picture of one of a claim's tables: a line for each row over its columns, with intervals or deviations. Standard library only."""
import math
import re

from . import svg

WIDTH, LEFT, RIGHT, PLOT, ENTRY = 504, 58, 16, 210, 14
MOST_TICKS = 8
LOG_STEPS = ([step / 2 for step in range(2, 20)], range(1, 10), (1, 2, 5), (1,))  # within a decade, densest first
LOG, LINEAR = "log", "linear"


def file_name(claim_name, table, suffix):
    """The picture's file in figures/."""
    return f"{claim_name}_{re.sub(r'[^a-z0-9]+', '_', table.lower()).strip('_')}{suffix}.svg"


def draw(cells, scale, x_title, y_title, caption, word):
    """The SVG of {(row, column): Cell}; `scale` is "log", "linear" from 0 on, or "range", `word` gives labels in the page's language."""
    columns = _columns(cells)
    rows = {row: points for row in dict.fromkeys(row for row, _ in cells)
            if (points := [(place, cells[row, column]) for place, column in enumerate(columns)
                           if _is_drawn(cells.get((row, column)), scale)])}
    legend, top = _legend([word(row) for row in rows])
    plot = _Plot(rows, len(columns), top, scale)
    body = [legend, plot.grid(), *(svg.text("tick", plot.x(place), plot.bottom + 13, word(column), "middle")
                                   for place, column in enumerate(columns)),
            svg.text("", (LEFT + WIDTH - RIGHT) / 2, plot.bottom + 30, x_title, "middle"),
            svg.text("", 13, (plot.top + plot.bottom) / 2, y_title, "middle", rotated=True)]
    body += [_line(number, points, plot) for number, points in enumerate(rows.values())]
    described = "; ".join(f"{word(row)}: " + ", ".join(str(cell) for _, cell in points) for row, points in rows.items())
    return svg.document(WIDTH, plot.bottom + 40, caption, described, "".join(body))


def _columns(cells):
    """Those that are numbers, such as learning rates, or all where they are words."""
    columns = list(dict.fromkeys(column for _, column in cells))
    numbers = [column for column in columns if re.fullmatch(r"[-+]?[\d.]+(e[-+]?\d+)?", column)]
    return numbers if len(numbers) > 1 else columns


def _is_drawn(cell, scale):
    return cell is not None and cell.value is not None and math.isfinite(cell.value) and (scale != LOG or cell.value > 0)


def ends(cell):
    """An interval's ends, or those of one deviation; the value where there is none."""
    if cell.low is not None and cell.high is not None:
        return [end if math.isfinite(end) else cell.value for end in (cell.low, cell.high)]
    return [cell.value - (cell.sd or 0), cell.value + (cell.sd or 0)]


def _legend(labels):
    """(its paths, the plot's upper edge)"""
    parts, x, y = [], 12, 16
    for number, label in enumerate(labels):
        width = 44 + svg.width_of(label)
        if x > 12 and x + width > WIDTH:
            x, y = 12, y + ENTRY
        parts += [svg.path(_class(number), f"M{x:.1f} {y}h24"), _mark(number, x + 12, y), svg.text("", x + 29, y + 3.4, label)]
        x += width
    return "".join(parts), y + 16


def _line(number, points, plot):
    steps = " ".join(f"{plot.x(place):.1f} {plot.y(cell.value):.1f}" for place, cell in points)
    parts = [svg.path(_class(number), "M" + steps)]
    for place, cell in points:
        low, high = (plot.y(end) for end in ends(cell))
        parts += [svg.path(f"thin c{number % svg.COLOURS}", f"M{plot.x(place):.1f} {low:.1f}V{high:.1f}"),
                  _mark(number, plot.x(place), plot.y(cell.value))]
    return "".join(parts)


def _class(number):
    return f"line c{number % svg.COLOURS} d{number % svg.DASHES}"


def _mark(number, x, y):
    return svg.mark(number % svg.COLOURS, svg.SHAPES[number % len(svg.SHAPES)], x, y)


class _Plot:
    """Places of columns, evenly apart, and of values."""

    def __init__(self, rows, columns, top, scale):
        self.top, self.bottom, self.columns, self.is_log = top, top + PLOT, columns, scale == LOG
        cells = [cell for points in rows.values() for _, cell in points]
        values = [end for cell in cells for end in (*ends(cell), cell.value) if not self.is_log or end > 0]
        if scale == LINEAR:
            values.append(0.0)  # differences are seen against it
        self.low, self.high = self._padded(min(values, default=0.1), max(values, default=1.0))

    def x(self, place):
        return LEFT + 20 + place * (WIDTH - LEFT - RIGHT - 40) / max(1, self.columns - 1)

    def y(self, value):
        share = (self._bent(value) - self.low) / (self.high - self.low)
        return self.bottom - min(1.0, max(0.0, share)) * PLOT

    def grid(self):
        parts = []
        for tick in self._ticks():
            y = self.y(tick)
            parts += [svg.path("axis" if tick == 0 else "grid", f"M{LEFT} {y:.1f}H{WIDTH - RIGHT}"),
                      svg.text("tick", LEFT - 5, y + 3.3, f"{tick:.6g}", "end")]
        return "".join([*parts, svg.path("axis", f"M{LEFT} {self.bottom}H{WIDTH - RIGHT}")])

    def _padded(self, low, high):
        low, high = self._bent(low), self._bent(high)
        pad = 0.04 * (high - low) or 0.5
        return low - pad, high + pad

    def _ticks(self):
        if self.is_log:
            decades = range(math.floor(self.low) - 1, math.ceil(self.high) + 1)
            for steps in LOG_STEPS:
                sizes = [step * 10.0**power for power in decades for step in steps]
                found = [size for size in sizes if self.low <= math.log10(size) <= self.high]
                if len(found) <= MOST_TICKS:
                    break
            return found
        unit = 10.0**math.floor(math.log10(self.high - self.low))
        step = next(step for step in (unit / 5, unit / 2, unit, 2 * unit) if (self.high - self.low) / step <= 7)
        return [step * count for count in range(math.ceil(self.low / step), math.floor(self.high / step) + 1)]

    def _bent(self, value):
        return math.log10(max(value, 1e-300)) if self.is_log else value
