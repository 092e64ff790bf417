"""That the figures of README.md and results/README.md are those of the kept CSVs, and that one wrong digit is found."""
import csv
import re
import shutil
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from study import drift, kept  # noqa: E402

RESULTS, README = ROOT / "results", ROOT / "README.md"


def with_other_digit(text, place):
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1:]


def figures_of_readme(text):
    """Where each figure that the README takes from the study has its first digit."""
    spans = [found.span(2) for found in drift.GRADIENT_ROW.finditer(text)]
    spans += [found.span(1) for found in drift.TEST_ERROR.finditer(text)]
    spans += [found.span(group) for found in drift.DISTANCES.finditer(text) for group in (1, 2)]
    spans += [found.span(1) for found in drift.QUOTED.finditer(text)]
    return [start + number.start() for start, end in spans for number in re.finditer(r"(?<![\w.])\d", text[start:end])]


class Drift(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.results = Path(scratch.name) / "results"
        self.results.mkdir()
        for path in [*RESULTS.glob("*.csv"), RESULTS / "README.md"]:
            shutil.copy(path, self.results)
        if (RESULTS / "figures").exists():
            shutil.copytree(RESULTS / "figures", self.results / "figures")
        self.page, self.readme = self.results / "README.md", Path(scratch.name) / "README.md"
        shutil.copy(README, self.readme)

    def test_page_and_readme_have_the_figures_of_the_csvs(self):
        self.assertEqual([], drift.page_drift(RESULTS))
        self.assertEqual([], drift.readme_drift(README, RESULTS))

    def test_a_row_of_the_readme_is_quoted_anew(self):
        text, page = (path.read_text(encoding="utf-8") for path in (self.readme, self.page))
        stale = re.sub(r"^(\| \[7\. .*) \|$", r"\1, as it was |", text, flags=re.MULTILINE)
        self.assertNotEqual(text, stale)
        self.assertEqual(text, drift.requoted(stale, page))

    def test_a_changed_digit_in_any_table_of_the_page_is_found(self):
        text = self.page.read_text(encoding="utf-8")
        rows = [row for row in re.finditer(r"^\|.*\|$", text, re.MULTILINE) if re.search(r"\d", row[0])]
        self.assertGreater(len(rows), 20)
        for row in rows:
            last = [digit.start() for digit in re.finditer(r"\d", row[0])][-1]
            self.page.write_text(with_other_digit(text, row.start() + last), encoding="utf-8")
            self.assertEqual(1, len(drift.page_drift(self.results)), row[0])

    def test_a_changed_digit_in_any_csv_is_found(self):
        for path in self.results.glob("claim*.csv"):
            text = path.read_text(encoding="utf-8")
            lines = list(csv.reader(text.splitlines()))
            verdict, = (fields for fields in lines if fields[0] == "verdict")
            value = verdict[kept.COLUMNS.index("value")]
            verdict[kept.COLUMNS.index("value")] = with_other_digit(value, re.search(r"\d", value).start())
            with path.open("w", newline="", encoding="utf-8") as file:
                csv.writer(file).writerows(lines)
            self.assertNotEqual([], drift.page_drift(self.results), path.name)
            path.write_text(text, encoding="utf-8")

    def test_a_changed_digit_in_any_figure_of_the_readme_is_found(self):
        text = self.readme.read_text(encoding="utf-8")
        figures = figures_of_readme(text)
        self.assertGreater(len(figures), 20)
        for place in figures:
            self.readme.write_text(with_other_digit(text, place), encoding="utf-8")
            self.assertNotEqual([], drift.readme_drift(self.readme, self.results), text[place - 20:place + 20])


if __name__ == "__main__":
    if not (RESULTS / "README.md").exists():
        print("drift_test: SKIPPED: no results/README.md; scripts/reproduce.sh writes it")
        sys.exit(77)
    unittest.main()
