"""The forest plot: every deciding figure with its interval and, dashed, what its rule compares it with. Standard library only.

A panel for each unit has an axis of its own, linear near 0 and logarithmic beyond, so that figures of all sizes can be read. The
look is that of `bnrun report`.
"""
import math

from . import kept, rules, svg

WIDTH, LEFT, RIGHT, ROW, PANEL, TOP = 640, 16, 16, 31, 44, 52
COUNTS = "counts"
PANELS = (rules.POINTS, rules.DECADES, rules.LAYERS, rules.RATIO, "", COUNTS)
COLOURS = {kept.HOLDS: 2, kept.PARTLY: 0, kept.FAILS: 1}  # others are grey
OTHERS = 6
SHAPES = {2: svg.CIRCLE, 0: svg.SQUARE, 1: svg.DIAMOND, OTHERS: svg.TRIANGLE}


def name(suffix):
    """The picture's file in figures/."""
    return f"forest{suffix}.svg"


def draw(claims, say, word):
    """The SVG of all deciding figures of {number: Claim}; `say` and `word` give phrases and labels in the page's language."""
    panels = {}
    for number, claim in claims.items():
        for row in _rows(claim):
            shown = str(row["cell"])
            shown = word(shown, claim) if row["panel"] == COUNTS else shown
            room = WIDTH - LEFT - RIGHT - svg.width_of(say("figure", "", shown))
            words = svg.shortened(f"{number}. {word(row['words'], claim)}", room)
            panels.setdefault(row["panel"], []).append({**row, "label": say("figure", words, shown)})
    body, y = [svg.text("heading", 12, 22, say("forest")), _legend(say)], TOP
    for panel in sorted(panels, key=lambda unit: (PANELS.index(unit) if unit in PANELS else len(PANELS), unit)):
        body.append(_panel(panels[panel], panel, y, say))
        y += PANEL + ROW * len(panels[panel])
    figures = sum(map(len, panels.values()))
    return svg.document(WIDTH, y, say("forest"), say("forest holds", figures), "".join(body))


def _rows(claim):
    """What is drawn of a claim: its finite deciding figures."""
    table, verdict = claim.tables.get("deciding", {}), claim.tables.get("verdict")
    for figure in dict.fromkeys(row for row, _ in table):
        cell = table[figure, "figure"]
        if cell.value is None or not math.isfinite(cell.value):
            continue
        is_count = cell.format == kept.COUNT
        yield {"words": figure, "cell": cell, "margin": table[figure, "margin"].value,
               "panel": COUNTS if is_count else table[figure, "unit"].text,
               "colour": COLOURS.get(claim.verdict[0] if verdict else "", OTHERS)}


def _legend(say):
    parts, x = [], 12
    for colour, phrase in ((2, kept.HOLDS), (0, kept.PARTLY), (1, kept.FAILS), (OTHERS, "other verdict")):
        parts.append(svg.mark(colour, SHAPES[colour], x + 5, 38) + svg.text("", x + 14, 41.5, say(phrase)))
        x += 34 + svg.width_of(say(phrase))
    parts.append(svg.path("bound", f"M{x + 5} 32V45") + svg.text("", x + 13, 41.5, say("margin")))
    return "".join(parts)


def _panel(rows, panel, top, say):
    """One unit's rows over their axis."""
    scale = _Scale([bound for row in rows for bound in _extent(row)], panel == COUNTS)
    bottom = top + 18 + ROW * len(rows)
    parts = [svg.text("panel", 12, top + 10, say(f"unit {panel}") if panel in PANELS else panel)]
    for tick in scale.ticks():
        x = scale.at(tick)
        parts.append(svg.path("grid", f"M{x:.1f} {top + 18}V{bottom}") + svg.text("tick", x, bottom + 11, f"{tick:g}", "middle"))
    parts.append(svg.path("axis", f"M{LEFT} {bottom}H{WIDTH - RIGHT}"))
    for place, row in enumerate(rows):
        parts.append(_row(row, top + 18 + ROW * place, scale))
    return "".join(parts)


def _row(row, top, scale):
    cell, y, x = row["cell"], top + 21, scale.at(row["cell"].value)
    low, high = (scale.at(bound) for bound in _extent(row)[1:3])
    parts = [svg.text("", LEFT, top + 10, row["label"])]
    if cell.low is not None:
        parts.append(f'<path class="whisker c{row["colour"]}" d="M{low:.1f} {y}H{high:.1f}M{low:.1f} {y - 3}v6M{high:.1f} {y - 3}v6"/>')
    if row["margin"] is not None:
        margin = scale.at(row["margin"])
        parts.append(svg.path("bound", f"M{margin:.1f} {y - 7}v14"))
    return "".join(parts) + svg.mark(row["colour"], SHAPES[row["colour"]], x, y)


def _extent(row):
    """Value, both ends of the interval, and the margin; an end that is not finite is the value."""
    cell = row["cell"]
    ends = [end if end is not None and math.isfinite(end) else cell.value for end in (cell.low, cell.high)]
    margin = row["margin"] if row["margin"] is not None else cell.value
    return [cell.value, *ends, margin, *([cell.n] if cell.format == kept.COUNT else [])]


class _Scale:
    """From values to x: of counts from 0 on; else log10(1 + |value| / small) with the value's sign."""

    def __init__(self, values, is_count):
        largest = max(map(abs, values)) or 1.0
        self.is_count, self.small = is_count, 10.0 ** math.floor(math.log10(largest / 100))
        self.ends = sorted(self._bent(end) for end in ([0, largest] if is_count else [min(0, *values), max(0, *values)]))
        self.values = values

    def at(self, value):
        low, high = self.ends
        return LEFT + 10 + (self._bent(value) - low) / ((high - low) or 1) * (WIDTH - LEFT - RIGHT - 20)

    def ticks(self):
        low, high = self.ends
        if self.is_count:
            return [tick for tick in range(0, 1001, max(1, round(high / 10))) if tick <= high]
        sizes = [self.small * 10**power for power in range(4)]
        return [tick for tick in [*(-size for size in reversed(sizes)), 0, *sizes] if low <= self._bent(tick) <= high]

    def _bent(self, value):
        return value if self.is_count else math.copysign(math.log10(1 + abs(value) / self.small), value)
