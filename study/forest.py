"""The forest plot: every deciding figure with its interval and, dashed, what its rule compares it with. Standard library only.

A panel for each unit has an axis of its own, linear near 0 and logarithmic beyond, so that figures of all sizes can be read. The
look is that of `bnrun report`.
"""
import math
from html import escape

from . import kept, rules

WIDTH, LEFT, RIGHT, ROW, PANEL, TOP = 640, 16, 16, 31, 44, 52
COUNTS = "counts"
PANELS = (rules.POINTS, rules.DECADES, rules.LAYERS, rules.RATIO, "", COUNTS)
COLOURS = {kept.HOLDS: 2, kept.PARTLY: 0, kept.FAILS: 1}  # others are grey
OTHERS = 6
MARKS = {2: "M{x} {y}m-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0z", 0: "M{x} {y}m-3.2 -3.2h6.4v6.4h-6.4z",
         1: "M{x} {y}m-4.4 0l4.4 -4.4 4.4 4.4 -4.4 4.4z", OTHERS: "M{x} {y}m0 -4.2l4.2 7h-8.4z"}
STYLE = """
text{font:10px/1 "Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;fill:#444b54}
.heading{font-size:13px;font-weight:600;fill:#14181f}.panel{font-size:11px;font-weight:600;fill:#14181f}
.tick{font-size:9.5px;fill:#5c6570}.paper{fill:#fff}.grid{stroke:#e6e9ed;stroke-width:.8;fill:none}
.axis{stroke:#9aa3ad;stroke-width:.9;fill:none}.bound{stroke:#14181f;stroke-width:1.1;stroke-dasharray:2 2;fill:none}
.whisker{fill:none;stroke-width:1.6}.dot{stroke:#fff;stroke-width:.7}
.c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#009e73}.c6{stroke:#5b5f66}
.f0{fill:#0072b2}.f1{fill:#d55e00}.f2{fill:#009e73}.f6{fill:#5b5f66}
@media (prefers-color-scheme:dark){text{fill:#b6bfc9}.heading,.panel{fill:#eef1f5}.tick{fill:#98a2ae}.paper{fill:#14181f}
.grid{stroke:#2a313b}.axis{stroke:#5c6773}.bound{stroke:#eef1f5}.dot{stroke:#14181f}
.c0{stroke:#56a8e8}.c1{stroke:#ff8c42}.c2{stroke:#2fc99a}.c6{stroke:#c3c9d1}
.f0{fill:#56a8e8}.f1{fill:#ff8c42}.f2{fill:#2fc99a}.f6{fill:#c3c9d1}}
"""


def name(suffix):
    """The picture's file in figures/."""
    return f"forest{suffix}.svg"


def draw(claims, say, word):
    """The SVG of all deciding figures of {number: Claim}; `say` and `word` give phrases and labels in the page's language."""
    panels = {}
    for number, claim in claims.items():
        for row in _rows(claim):
            shown = str(row["cell"])
            label = f"{number}. {word(row['words'], claim)}: {word(shown, claim) if row['panel'] == COUNTS else shown}"
            panels.setdefault(row["panel"], []).append({**row, "label": label})
    body, y = [_legend(say)], TOP
    for panel in sorted(panels, key=lambda unit: (PANELS.index(unit) if unit in PANELS else len(PANELS), unit)):
        body.append(_panel(panels[panel], panel, y, say))
        y += PANEL + ROW * len(panels[panel])
    size = f'width="{WIDTH * 1.5:.0f}" height="{y * 1.5:.0f}" viewBox="0 0 {WIDTH} {y}"'
    title, figures = say("forest"), sum(map(len, panels.values()))
    return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" {size}>\n'
            f'<title id="title">{escape(title)}</title><desc id="desc">{escape(say("forest holds", figures))}</desc>\n'
            f'<style>{STYLE}</style>\n<rect class="paper" width="100%" height="100%"/>'
            f'{_text("heading", 12, 22, title)}{"".join(body)}\n</svg>\n')


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
        parts.append(_mark(colour, x + 5, 38) + _text("", x + 14, 41.5, say(phrase)))
        x += 34 + _width(say(phrase))
    parts.append(f'<path class="bound" d="M{x + 5} 32V45"/>' + _text("", x + 13, 41.5, say("margin")))
    return "".join(parts)


def _panel(rows, panel, top, say):
    """One unit's rows over their axis."""
    scale = _Scale([bound for row in rows for bound in _extent(row)], panel == COUNTS)
    bottom = top + 18 + ROW * len(rows)
    parts = [_text("panel", 12, top + 10, say(f"unit {panel}") if panel in PANELS else panel)]
    for tick in scale.ticks():
        x = scale.at(tick)
        parts.append(f'<path class="grid" d="M{x:.1f} {top + 18}V{bottom}"/>' + _text("tick", x, bottom + 11, f"{tick:g}", "middle"))
    parts.append(f'<path class="axis" d="M{LEFT} {bottom}H{WIDTH - RIGHT}"/>')
    for place, row in enumerate(rows):
        parts.append(_row(row, top + 18 + ROW * place, scale))
    return "".join(parts)


def _row(row, top, scale):
    cell, y, x = row["cell"], top + 21, scale.at(row["cell"].value)
    low, high = (scale.at(bound) for bound in _extent(row)[1:3])
    parts = [_text("", LEFT, top + 10, _shortened(row["label"]))]
    if cell.low is not None:
        parts.append(f'<path class="whisker c{row["colour"]}" d="M{low:.1f} {y}H{high:.1f}M{low:.1f} {y - 3}v6M{high:.1f} {y - 3}v6"/>')
    if row["margin"] is not None:
        margin = scale.at(row["margin"])
        parts.append(f'<path class="bound" d="M{margin:.1f} {y - 7}v14"/>')
    return "".join(parts) + _mark(row["colour"], x, y)


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


def _mark(colour, x, y):
    return f'<path class="dot f{colour}" d="{MARKS[colour].format(x=f"{x:.1f}", y=y)}"/>'


def _text(classes, x, y, content, anchor="start"):
    return f'<text class="{classes}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(content)}</text>'


def _width(text):
    """About how wide a text is: Chinese characters are as wide as high."""
    return sum(10 if ord(letter) > 0x2E80 else 5.2 for letter in text)


def _shortened(text):
    while _width(text) > WIDTH - LEFT - RIGHT:
        text = text[:-2] + "…"
    return text
