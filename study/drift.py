"""Finds figures of the page, the project's README and its guide that the kept CSVs do not bear out. Standard library only."""
import re
from pathlib import Path

from . import kept, page

GRADIENT_ROW = re.compile(r"^epoch:1 iteration:(\d+)/\d+\n (\S.*)$", re.MULTILINE)
TEST_ERROR = re.compile(r"\(test error ([\d.]+)")
DISTANCES = re.compile(r"is ([\d.]+) without BN and ([\d.]+)\s+with it")
QUOTED = re.compile(r"<!-- from results/README.md -->\n(.*?)<!-- end -->", re.DOTALL)
VERDICTS = re.compile(r"<!-- verdicts of results/README.md -->\n(.*?)<!-- end -->", re.DOTALL)
CLAIM = re.compile(r"^\| \[(\d+)\. .*?\]\(#.*?\) \| ([^|(]+?) (?:\(.*?\) )?\|", re.MULTILINE)
NOT_RUN = re.compile(rf"^\| (\d+)\. .*? \| {page.ENGLISH.say('not run')} \|", re.MULTILINE)
HEADER = re.compile(r"^\| claim \| verdict \|.*$", re.MULTILINE)
PROJECT = Path(__file__).resolve().parents[1]
QUOTING = ("README.md", "docs/guide.md")  # what quotes the page


def page_link(document):
    """How a document of QUOTING names the page in its links."""
    return "../results/README.md" if Path(document).parent.name == "docs" else "results/README.md"


def verdict_line(page_text):
    """One sentence: how many claims have which verdict, and which; and which have not been run."""
    not_run = page.ENGLISH.say("not run")
    claims = CLAIM.findall(page_text) + [(number, not_run) for number in NOT_RUN.findall(page_text)]
    phrases = {kept.HOLDS: ("holds", "hold"), kept.PARTLY: ("holds partly", "hold partly"),
               kept.FAILS: ("does not hold", "do not hold"), kept.OPEN: ("is not decided", "are not decided"),
               kept.CANNOT: ("cannot be tested here", "cannot be tested here"),
               kept.WARNING: ("is a warning", "are warnings"), kept.MEASUREMENT: ("is a measurement", "are measurements"),
               not_run: ("has not been run", "have not been run")}
    parts = []
    for verdict, (one, several) in phrases.items():
        numbers = [number for number, found in claims if found == verdict]
        if numbers:
            parts.append(f"{len(numbers)} {one if len(numbers) == 1 else several} ({', '.join(numbers)})")
    listed = " and ".join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)
    return f"Of the study's {len(claims)} claims {listed}."


def requoted(text, page_text, link, distances=()):
    """A document's text with the table of claims and the line of verdicts as the page has them, and these distances."""
    rows = [line for line in page_text.splitlines() if line.startswith("| [") and "](#" in line]
    header = HEADER.search(page_text)[0]
    lines = [header, re.sub(r"[^|]+", " --- ", header), *rows]
    table = "\n".join(lines).replace("](#", f"]({link}#")
    text = QUOTED.sub(lambda _: f"<!-- from results/README.md -->\n{table}\n<!-- end -->", text)
    line = verdict_line(page_text)
    if distances:
        text = DISTANCES.sub("is {} without BN and {}\nwith it".format(*distances), text)
    return VERDICTS.sub(lambda _: f"<!-- verdicts of results/README.md -->\n{line}\n<!-- end -->", text)


def distances_of(directory):
    """How far the tables without BN and with it are from the post's, as documents quote them."""
    return tuple(f"{next(iter(kept.read(number, directory).tables['distance'].values())).value:.3f}" for number in (1, 2))


def unused(directory):
    """Pictures of claims that neither a page nor a document that quotes it shows, such as those of an edition before."""
    texts = [path.read_text(encoding="utf-8") for path in [*directory.glob("README*.md"), *(PROJECT / name for name in QUOTING)]]
    shown = set(re.findall(r"figures/([\w.-]+\.svg)", "".join(texts)))
    return [path for path in sorted((directory / "figures").glob("claim*.svg")) if path.name not in shown]


def page_drift(directory):
    """One line for each line of the page in any language that is not what the CSVs give."""
    directory = Path(directory)
    quick = page.ENGLISH.say("quick") in (directory / page.ENGLISH.page).read_text(encoding="utf-8")
    return [problem for path, text in pages(directory, quick).items() for problem in differences(path, text)]


def pages(directory, quick=False):
    """{path: text} of the pages, and the pictures drawn for them, that the CSVs give."""
    return {directory / name: text for language in page.LANGUAGES
            for name, text in page.render(directory, quick, language).items()}


def differences(path, text):
    """One line for each line of a file that is not this text's."""
    if not path.exists():
        return [f"{path}: is not there; scripts/reproduce.sh --page writes it"]
    written, expected = path.read_text(encoding="utf-8").splitlines(), text.splitlines()
    problems = [f"{path}:{number}: has '{found}', the CSVs give '{given}'"
                for number, (found, given) in enumerate(zip(written, expected), 1) if found != given]
    if len(written) != len(expected):
        problems.append(f"{path}: {len(written)} lines, the CSVs give {len(expected)}")
    return problems


def document_drift(document, directory):
    """One line for each figure of the README or the guide that the CSVs of claims 1 and 2 or the page do not have."""
    text = Path(document).read_text(encoding="utf-8")
    claims = [kept.read(number, directory) for number in (1, 2)]
    rows = {(row, cell.text) for claim in claims for (row, _), cell in claim.tables["printed"].items()}
    problems = [f"{document}: iteration {iteration}: no run printed '{line}'"
                for iteration, line in GRADIENT_ROW.findall(text) if (iteration, line) not in rows]
    errors = {str(claim.tables["printed"]["test error", "seed 1"]) for claim in claims}
    problems += [f"{document}: test error {error}: seed 1 gave {', '.join(sorted(errors))}"
                 for error in TEST_ERROR.findall(text) if error not in errors]
    given = distances_of(directory)
    problems += [f"{document}: distances {' and '.join(found)}: the CSVs give {' and '.join(given)}"
                 for found in DISTANCES.findall(text) if found != given]
    page_text, link = (Path(directory) / "README.md").read_text(encoding="utf-8"), page_link(document)
    lines = page_text.splitlines()
    for quoted in QUOTED.findall(text):
        problems += [f"{document}: '{line}' is no line of the page"
                     for line in quoted.replace(f"]({link}#", "](#").splitlines() if line and line not in lines]
    problems += [f"{document}: '{line.strip()}': the page gives '{verdict_line(page_text)}'"
                 for line in VERDICTS.findall(text) if line.strip() != verdict_line(page_text)]
    if not GRADIENT_ROW.search(text) and not QUOTED.search(text):
        problems.append(f"{document}: no gradient row and nothing quoted from the page, so nothing is checked")
    return problems
