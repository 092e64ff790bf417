"""Finds figures of the page and of the project's README that the kept CSVs do not bear out. Standard library only."""
import re
from pathlib import Path

from . import kept, page

GRADIENT_ROW = re.compile(r"^epoch:1 iteration:(\d+)/\d+\n (\S.*)$", re.MULTILINE)
TEST_ERROR = re.compile(r"\(test error ([\d.]+)")
DISTANCES = re.compile(r"is ([\d.]+) without BN and ([\d.]+)\s+with it")
QUOTED = re.compile(r"<!-- from results/README.md -->\n(.*?)<!-- end -->", re.DOTALL)


def requoted(text, page_text):
    """The README's text with the table of claims as the page has it."""
    rows = [line for line in page_text.splitlines() if line.startswith("| [") and "](#" in line]
    lines = ["| claim | verdict | deciding figure |", "| --- | --- | --- |", *rows]
    table = "\n".join(lines).replace("](#", "](results/README.md#")
    return QUOTED.sub(lambda _: f"<!-- from results/README.md -->\n{table}\n<!-- end -->", text)


def page_drift(directory):
    """One line for each line of the page that is not what the CSVs give."""
    path = Path(directory) / "README.md"
    text = path.read_text(encoding="utf-8")
    written, expected = text.splitlines(), page.render(directory, page.QUICK_LABEL in text).splitlines()
    problems = [f"{path}:{number}: has '{found}', the CSVs give '{given}'"
                for number, (found, given) in enumerate(zip(written, expected), 1) if found != given]
    if len(written) != len(expected):
        problems.append(f"{path}: {len(written)} lines, the CSVs give {len(expected)}")
    return problems


def readme_drift(readme, directory):
    """One line for each figure of the README that the CSVs of claims 1 and 2 or the page do not have."""
    text = Path(readme).read_text(encoding="utf-8")
    claims = [kept.read(number, directory) for number in (1, 2)]
    rows = {(row, cell.text) for claim in claims for (row, _), cell in claim.tables["printed"].items()}
    problems = [f"{readme}: iteration {iteration}: no run printed '{line}'"
                for iteration, line in GRADIENT_ROW.findall(text) if (iteration, line) not in rows]
    errors = {str(claim.tables["printed"]["test error", "seed 1"]) for claim in claims}
    problems += [f"{readme}: test error {error}: seed 1 gave {', '.join(sorted(errors))}"
                 for error in TEST_ERROR.findall(text) if error not in errors]
    given = tuple(f"{next(iter(claim.tables['distance'].values())).value:.3f}" for claim in claims)
    problems += [f"{readme}: distances {' and '.join(found)}: the CSVs give {' and '.join(given)}"
                 for found in DISTANCES.findall(text) if found != given]
    lines = (Path(directory) / "README.md").read_text(encoding="utf-8").splitlines()
    for quoted in QUOTED.findall(text):
        problems += [f"{readme}: '{line}' is no line of the page"
                     for line in quoted.replace("](results/README.md#", "](#").replace("](results/", "](").splitlines()
                     if line and line not in lines]
    if not GRADIENT_ROW.search(text) and not QUOTED.search(text):
        problems.append(f"{readme}: no gradient row and nothing quoted from the page, so nothing is checked")
    return problems
