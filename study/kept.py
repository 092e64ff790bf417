"""The CSVs that the study keeps: every figure of the page, with how it is printed. Standard library only."""
import csv
import math
import re
from dataclasses import dataclass, field

COLUMNS = ["table", "row", "column", "format", "value", "sd", "low", "high", "n", "text"]
HOLDS, PARTLY, FAILS, OPEN = "holds", "holds partly", "does not hold", "not decided"
CANNOT = "cannot be tested here"
WARNING, MEASUREMENT = "warning", "measurement"  # of what is no claim that could hold
DECIDED = (HOLDS, PARTLY, FAILS)  # verdicts that want seeds
COUNT = "count"  # format of a cell that counts seeds


@dataclass(frozen=True)
class Cell:
    """One figure: a value with its deviation or its interval, or a text."""

    value: float | None = None
    format: str = ".3g"
    sd: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None
    text: str = ""

    def __str__(self):
        if self.value is None:
            return self.text or "–"
        if math.isnan(self.value):
            return "–"
        if self.format == COUNT:
            return f"{self.value:.0f} of {self.n}" + (f" ({self.text})" if self.text else "")
        if self.low is not None and self.high is not None:
            value, low, high = self._interval()
            return f"{value} [{low}, {high}]"
        value = _print(self.value, self.format)
        return value if self.sd is None else f"{value} ± {_print(self.sd, self.format).lstrip('+')}"

    def _interval(self):
        """Value and ends as printed. Of an interval without 0 neither end is printed as 0: it has more digits where that is close."""
        numbers, form = (self.value, self.low, self.high), self.format
        texts = [_print(number, form) for number in numbers]
        while self.low * self.high > 0 and form.endswith("f") and any(_is_zero(text) for text in texts[1:]):
            form = re.sub(r"\d+(?=f$)", lambda digits: str(int(digits[0]) + 1), form)
            texts = [_print(number, form) for number in numbers]
        return texts


def _print(number, form):
    """In this format; what rounds to zero has no sign."""
    text = format(number, form)
    return text.lstrip("+-") if _is_zero(text) else text


def _is_zero(text):
    return set(text) <= set("+-0.")


@dataclass
class Claim:
    """What the study found out about one claim."""

    number: int
    tables: dict = field(default_factory=dict)  # name -> {(row, column): Cell}, in the order written
    selection: object = None  # the Sweep that settings were chosen from, while the claim is analysed
    choices: list = field(default_factory=list)  # what was chosen from it, as choice.py has it

    def put(self, table, row, column, cell):
        self.tables.setdefault(table, {})[str(row), str(column)] = cell

    def decide(self, verdict, figure, cell=None):
        """The verdict, and the figure that decides: its meaning in words, and the figure itself."""
        self.put("verdict", verdict, figure, cell or Cell())

    @property
    def verdict(self):
        """(verdict, figure in words, Cell)"""
        ((verdict, figure), cell), = self.tables["verdict"].items()
        return verdict, figure, cell

    @property
    def file_name(self):
        return csv_name(self.number)


def csv_name(number):
    return f"claim{number:02d}.csv" if number else "theory.csv"


def write(claim, directory):
    with open(f"{directory}/{claim.file_name}", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for table, cells in claim.tables.items():
            for (row, column), cell in cells.items():
                writer.writerow([table, row, column, cell.format, *map(_number_text, _numbers(cell)), cell.text])


def read(number, directory):
    claim = Claim(number)
    with open(f"{directory}/{csv_name(number)}", newline="", encoding="utf-8") as file:
        for line in csv.DictReader(file):
            numbers = {key: float(line[key]) if line[key] else None for key in ("value", "sd", "low", "high")}
            n = int(line["n"]) if line["n"] else None
            cell = Cell(format=line["format"], n=n, text=line["text"], **numbers)
            claim.put(line["table"], line["row"], line["column"], cell)
    return claim


def _numbers(cell):
    return cell.value, cell.sd, cell.low, cell.high, cell.n


def _number_text(number):
    """Seven significant digits: more than is printed anywhere, and the same on every machine."""
    if number is None:
        return ""
    return str(number) if isinstance(number, int) else format(float(number), ".7g")
