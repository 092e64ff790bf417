"""Writes the page in a language from the kept CSVs, the claims' sections, head.md and tail.md. Standard library only.

In these texts {{NAME …}} stands for what the method of this name gives, and a line that begins with [CONDITION = OUTCOME] stands
only where that condition of the claim's rule came out so, or its verdict: [verdict = holds, holds partly]; [open = yes] where
nothing refutes what is lacking. Several outcomes have commas between them, several conditions &. A section begins with its title and a paragraph, its answer.
"""
import re
from dataclasses import dataclass
from pathlib import Path

from . import charts, folders, forest, kept, picture_words, rules, statements, words

TEXTS = Path(__file__).resolve().parent
DIRECTIVE = re.compile(r"\{\{(\w+) ?([^{}]*)\}\}")
ONLY_WHERE = re.compile(r"^\[([^\]=]+ = [^\]]+)\] ?(.*\n?)", re.MULTILINE)
ANSWER = re.compile(r"\A#[^\n]*\n+\*\*(?:Answer\.|回答[。：])\*\* ?(.*?)\n\n", re.DOTALL)


@dataclass(frozen=True)
class Language:
    """Where a page's texts are, and what the writer itself says in it."""

    page: str
    suffix: str  # of text files and pictures
    phrases: dict

    def say(self, phrase, *values):
        return self.phrases[phrase].format(*values)


ENGLISH = Language("README.md", "", words.ENGLISH)
CHINESE = Language("README.zh.md", ".zh", words.CHINESE)
LANGUAGES = (ENGLISH, CHINESE)


def render(directory, quick=False, language=ENGLISH):
    """{file: text} of the page and of the pictures that are drawn for it, from the CSVs and other pictures in `directory`."""
    everything = folders.claims()
    claims = {number: claim for number in [0, *everything] if (claim := read(number, directory))}
    sections = {number: claim.text(f"section{language.suffix}.md") for number, claim in everything.items()}
    writer = _Writer(directory, claims, everything, sections, quick, language)
    parts = [writer.expand((TEXTS / f"head{language.suffix}.md").read_text(encoding="utf-8"), None)]
    parts += [writer.expand(sections[number], number) for number in everything if number in claims]
    parts.append(writer.expand((TEXTS / f"tail{language.suffix}.md").read_text(encoding="utf-8"), None))
    text = re.sub(r" +\n", "\n", re.sub(r"\n{3,}", "\n\n", "\n".join(parts))).strip() + "\n"
    return {**writer.drawn, language.page: text}


def word(text, claim, language):
    """A label of a claim in the page's language."""
    if language is ENGLISH:
        return text
    return words.translated(text, folders.studies()[claim.number].path / "words.zh.json")


def read(number, directory):
    """A kept claim, or None where it has not been run."""
    return kept.read(number, directory) if (Path(directory) / kept.csv_name(number)).exists() else None


def _title(section):
    """A section's heading: its first line without the marks."""
    return section.splitlines()[0].lstrip("# ") if section else ""


def _anchor(title):
    """The fragment that a heading gets on the usual hosts."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


class _Writer:
    """Expands the directives of a text; each is a method named after it."""

    def __init__(self, directory, claims, everything, sections, quick, language):
        self.directory, self.claims, self.folders, self.sections = Path(directory), claims, everything, sections
        self.quick, self.language = quick, language
        self.drawn = {}  # {file: SVG}

    def expand(self, text, number):
        text = ONLY_WHERE.sub(lambda found: found[2] if self._applies(found[1], number) else "", text)
        return DIRECTIVE.sub(lambda found: getattr(self, found[1])(found[2], number), text)

    def label(self, _, number):
        return self.language.say("quick") if self.quick else ""

    def table(self, name, number):
        """{{table NAME}} of the section's claim, or {{table 1:NAME}}."""
        claim, name = self._claim(name, number)
        cells = claim.tables.get(name, {}) if claim else {}
        if not cells:
            return ""
        rows = list(dict.fromkeys(row for row, _ in cells))
        columns = list(dict.fromkeys(column for _, column in cells))
        lines = [["", *(self._word(column, claim) for column in columns)], ["---"] * (len(columns) + 1)]
        lines += [[self._word(row, claim),
                   *(self._shown(cells.get((row, column), kept.Cell()), claim) for column in columns)] for row in rows]
        return "\n".join("| " + " | ".join(line) + " |" for line in lines)

    def cell(self, place, number):
        """{{cell TABLE; ROW; COLUMN}}"""
        claim, place = self._claim(place, number)
        if claim is None:
            return "–"
        table, row, column = place.split("; ")
        found = claim.tables.get(table, {}).get((row, column))
        if found is None and not self.quick:  # which may have left it out
            raise folders.Unsound(f"claim {claim.number}: its CSV has no cell {table}; {row}; {column}")
        return self._shown(found or kept.Cell(), claim)

    def picture(self, argument, _):
        """{{picture FILE caption}}, left out where there is no such picture."""
        name, caption = argument.split(" ", 1)
        drawn = self.directory / "figures" / f"{name}.svg"
        if not drawn.exists():
            return ""
        if self.language is CHINESE:
            return self._drawn(f"{name}{self.language.suffix}.svg", caption,
                               picture_words.in_chinese(drawn.read_text(encoding="utf-8"), caption))
        return f"![{caption}](figures/{name}.svg)"

    def forest(self, caption, _):
        """{{forest caption}}: all deciding figures in one picture."""
        claims = {number: claim for number, claim in self.claims.items() if number}
        return self._drawn(forest.name(self.language.suffix), caption,
                           forest.draw(claims, self.language.say, self._word)) if claims else ""

    def chart(self, argument, number):
        """{{chart TABLE; log, linear or range; what x is; what y is; caption}}: a line for each row of the table."""
        table, scale, x_title, y_title, caption = argument.split("; ")
        claim = self.claims[number]
        cells = claim.tables.get(table)
        if not cells and not self.quick:
            raise folders.Unsound(f"claim {claim.number}: its CSV has no table {table}")
        if not cells:
            return ""
        name = charts.file_name(self.folders[number].name, table, self.language.suffix)
        return self._drawn(name, caption, charts.draw(cells, scale, x_title, y_title, caption,
                                                      lambda text: self._word(text, claim)))

    def _drawn(self, name, caption, drawing):
        self.drawn[f"figures/{name}"] = drawing
        return f"![{caption}](figures/{name})"

    def verdict(self, _, number):
        """How each condition of the rule came out, and what follows."""
        claim, say = self.claims[number], self.language.say
        conditions = claim.tables.get("conditions", {})
        lines = [f"| {say('condition')} | {say('the runs')} |", "| --- | --- |"] if conditions else []
        lines += [f"| {self._word(condition, claim)} | {self._shown(cell, claim)} |"
                  for (condition, _), cell in conditions.items()]
        _, figure, cell = claim.verdict
        lines += ["", say("verdict", self._verdict(claim), self._word(figure, claim), self._with_seeds(cell, claim))]
        return "\n".join(lines)

    def chosen(self, _, number):
        """What the selection chose, and a warning where a best value is at the end of what was tried."""
        claim = self.claims[number]
        edges = [row for (row, column), cell in claim.tables.get("chosen", {}).items()
                 if column.endswith("edge of the grid") and cell.text != "–"]
        warning = self.language.say("edge", ", ".join(self._word(row, claim) for row in dict.fromkeys(edges)))
        return self.table("chosen", number) + (f"\n\n{warning}" if edges else "")

    def answer(self, name, number):
        """{{answer NAME}}: the answer of the claim whose folder is so called, or has this number."""
        number = self._number(name)
        found = ANSWER.match(self.sections.get(number, "")) if number in self.claims else None
        return words.joined(self.expand(found[1] + "\n", number)) if found else ""

    def question(self, argument, number):
        """{{question NAME words}}: a line of the summary, left out where the claim has not been run."""
        name, asked = argument.split(" ", 1)
        answer = self.answer(name, number)
        return f"- **{asked}** {answer} ([{self._number(name)}](#{self._link(self._number(name))}))" if answer else ""

    def command(self, _, number):
        cost = self.claims[number].tables["cost"]
        option = "--quick " if self.quick else ""
        return self.language.say("command", f"scripts/reproduce.sh {option}{number}", cost["all", "runs"],
                                 cost["all", "seconds"])

    def claims_table(self, _, number):
        say = self.language.say
        lines = [say("claims"), "| --- | --- | --- | --- |"]
        for number, section in self.sections.items():
            if number not in self.claims:
                lines.append(f"| {_title(section)} | {say('not run')} | – | – |")
                continue
            claim = self.claims[number]
            _, figure, cell = claim.verdict
            lines.append(f"| [{_title(section)}](#{self._link(number)}) | {self._verdict(claim)} | "
                         f"{self.answer(str(number), None) or '–'} | "
                         f"{say('figure', self._word(figure, claim), self._with_seeds(cell, claim))} |")
        return "\n".join(lines)

    def statements(self, _, number):
        """What the post says, and which claims measure it."""
        return statements.table(lambda claim: f"[{claim}](#{self._link(claim)})" if claim in self.claims else str(claim),
                                self.language is CHINESE)

    def cost(self, _, number):
        costs = [claim.tables["cost"] for claim in self.claims.values()]
        runs, seconds = (sum(cost["all", name].value for cost in costs) for name in ("runs", "seconds"))
        text = self.language.say("cost", f"{runs:.0f}", f"{seconds / 3600:.1f}")
        ran = len(self.claims.keys() & self.folders.keys())
        return text if ran == len(self.folders) else self.language.say("cost so far", text, ran, len(self.folders))

    def programs(self, _, number):
        """Which programs made the runs."""
        made = {}
        for number, claim in self.claims.items():
            made.setdefault(claim.tables["cost"]["all", "program"].text, []).append(number)
        if len(made) == 1:
            return next(iter(made))
        return "; ".join(f"{program}: {', '.join(map(str, numbers))}" for program, numbers in made.items())

    def _applies(self, conditions, number):
        """Whether all of a line's conditions came out as it says."""
        claim = self.claims.get(number)
        if claim is None:
            return False
        for condition in conditions.split(" & "):
            name, outcomes = condition.split(" = ", 1)
            if name == "verdict":
                found = claim.verdict[0]
            elif name == "open":
                found = "yes" if rules.is_open(claim) else "no"
            else:
                found = claim.tables["conditions"][name, "the runs"].text
            if found not in [outcome.strip() for outcome in outcomes.split(",")]:
                return False
        return True

    def _claim(self, name, number):
        if re.match(r"\d+:", name):
            other, name = name.split(":", 1)
            number = int(other)
        return self.claims.get(number), name

    def _number(self, name):
        """Of a claim, from its number or its folder's name."""
        return int(name) if name.isdigit() else next(
            (number for number, claim in self.folders.items() if claim.path.name[3:] == name), None)

    def _link(self, number):
        return _anchor(_title(self.sections[number]))

    def _word(self, text, claim):
        return word(text, claim, self.language)

    def _shown(self, cell, claim):
        return self._word(str(cell), claim) if cell.value is None or cell.format == kept.COUNT else str(cell)

    def _verdict(self, claim):
        """With a remark where what is lacking may only be lacking because the intervals are wide."""
        remark = "rest open" if claim.verdict[0] == kept.PARTLY else "all open"
        return self._word(claim.verdict[0], claim) + (self.language.say(remark) if rules.is_open(claim) else "")

    def _with_seeds(self, cell, claim):
        text = self._shown(cell, claim)
        return self.language.say("seeds", text, cell.n) if cell.n and cell.format != kept.COUNT else text
