"""The first edition's page and texts: what results/ has until the second edition was run whole, and then nothing.

results/README.md and the CSVs beside it are of one edition, and have to agree as they were written. This folder goes when
results/runs.csv, which the first edition has not, comes.
"""
import re
from pathlib import Path

from .. import kept, rules

TEXTS = Path(__file__).resolve().parent
QUICK_LABEL = ("**This is the quick version: few seeds and short runs, which show that everything works, and decide "
               "nothing.**")
DIRECTIVE = re.compile(r"\{\{(\w+) ?([^{}]*)\}\}")


def render(directory, quick=False):
    """The page's text from the CSVs and pictures in `directory`."""
    sections = {int(path.stem): path.read_text(encoding="utf-8") for path in sorted(TEXTS.glob("[0-9]*.md"))}
    written = [number for number in sections if (Path(directory) / kept.csv_name(number)).exists()]
    claims = {number: kept.read(number, directory) for number in written}
    writer = _Writer(directory, claims, {number: _title(text) for number, text in sections.items()}, quick)
    parts = [writer.expand((TEXTS / "head.md").read_text(encoding="utf-8"), None)]
    parts += [writer.expand(sections[number], number) for number in claims]
    parts.append(writer.expand((TEXTS / "tail.md").read_text(encoding="utf-8"), None))
    return re.sub(r" +\n", "\n", re.sub(r"\n{3,}", "\n\n", "\n".join(parts))).strip() + "\n"


def _title(section):
    """A section's heading: its first line without the marks."""
    return section.splitlines()[0].lstrip("# ")


def _anchor(title):
    """The fragment that a heading gets on the usual hosts."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


class _Writer:
    """Expands the directives of a text; each is a method named after it."""

    def __init__(self, directory, claims, titles, quick):
        self.directory, self.claims, self.titles, self.quick = Path(directory), claims, titles, quick

    def expand(self, text, number):
        return DIRECTIVE.sub(lambda found: getattr(self, found[1])(found[2], number), text)

    def label(self, _, number):
        return QUICK_LABEL if self.quick else ""

    def table(self, name, number):
        """{{table NAME}} of the section's claim, or {{table 1:NAME}}."""
        claim, name = self._claim(name, number)
        cells = claim.tables.get(name, {}) if claim else {}
        if not cells:
            return ""
        rows = list(dict.fromkeys(row for row, _ in cells))
        columns = list(dict.fromkeys(column for _, column in cells))
        lines = [["", *columns], ["---"] * (len(columns) + 1)]
        lines += [[row, *(str(cells.get((row, column), kept.Cell())) for column in columns)] for row in rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def cell(self, place, number):
        """{{cell TABLE; ROW; COLUMN}}"""
        claim, place = self._claim(place, number)
        if claim is None:
            return "–"
        table, row, column = place.split("; ")
        return str(claim.tables[table][row, column])

    def picture(self, argument, _):
        """{{picture FILE caption}}, left out where there is no such picture."""
        name, caption = argument.split(" ", 1)
        return f"![{caption}](figures/{name}.svg)" if (self.directory / "figures" / f"{name}.svg").exists() else ""

    def verdict(self, _, number):
        """How each condition of the rule came out, and what follows."""
        claim = self.claims[number]
        lines = ["| condition | the runs |", "| --- | --- |"] if "conditions" in claim.tables else []
        lines += [f"| {words} | {cell} |" for (words, _), cell in claim.tables.get("conditions", {}).items()]
        _, figure, cell = claim.verdict
        lines += ["", f"**Verdict: {_verdict(claim)}.** Deciding figure: {figure}: {_with_seeds(cell)}."]
        return "\n".join(lines)

    def more_seeds(self, _, number):
        """That seeds were added after the first five had been seen."""
        seeds = self.claims[number].verdict[2].n or 0
        return f"Five seeds could not tell, so there are {seeds}; the rule is as it was." if seeds > 5 else ""

    def command(self, _, number):
        cost = self.claims[number].tables.get("cost", {})
        runs, seconds = (str(cost.get(("all", name), "–")) for name in ("runs", "seconds"))
        option = "--quick " if self.quick else ""
        return f"`scripts/reproduce.sh {option}{number}` ({runs} runs, {seconds} seconds added up)"

    def claims_table(self, _, number):
        lines = ["| claim | verdict | deciding figure |", "| --- | --- | --- |"]
        for number, title in self.titles.items():
            if number not in self.claims:
                lines.append(f"| {title} | not run | – |")
                continue
            _, figure, cell = self.claims[number].verdict
            verdict = _verdict(self.claims[number])
            lines.append(f"| [{title}](#{_anchor(title)}) | {verdict} | {figure}: {_with_seeds(cell)} |")
        return "\n".join(lines)

    def cost(self, _, number):
        costs = [claim.tables["cost"] for claim in self.claims.values() if "cost" in claim.tables]
        runs, seconds = (sum(cost["all", name].value for cost in costs) for name in ("runs", "seconds"))
        return f"{runs:.0f} runs, {seconds / 3600:.1f} hours of computing"

    def _claim(self, name, number):
        if re.match(r"\d+:", name):
            other, name = name.split(":", 1)
            number = int(other)
        return self.claims.get(number), name


def _verdict(claim):
    """With a remark where what is lacking may only be lacking because the intervals are wide."""
    remark = " (the rest: cannot tell)" if claim.verdict[0] == kept.PARTLY else " (cannot tell)"
    return claim.verdict[0] + (remark if rules.is_open(claim) else "")


def _with_seeds(cell):
    return f"{cell} ({cell.n} seeds)" if cell.n else str(cell)
