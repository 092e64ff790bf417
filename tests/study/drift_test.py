"""That README.md, docs/guide.md and results/README.md have the figures of the kept CSVs, and that one wrong digit is found."""
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

from study import drift, folders, kept  # noqa: E402

RESULTS = ROOT / "results"


def with_other_digit(text, place):
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1:]


def figures_of(text):
    """Where each figure that the README or the guide takes from the study has its first digit."""
    spans = [found.span(2) for found in drift.GRADIENT_ROW.finditer(text)]
    spans += [found.span(1) for found in drift.TEST_ERROR.finditer(text)]
    spans += [found.span(group) for found in drift.DISTANCES.finditer(text) for group in (1, 2)]
    spans += [found.span(1) for pattern in (drift.QUOTED, drift.VERDICTS) for found in pattern.finditer(text)]
    return [start + number.start() for start, end in spans for number in re.finditer(r"(?<![\w.])\d", text[start:end])]


class Drift(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.results = Path(scratch.name) / "results"
        self.results.mkdir()
        for path in [*RESULTS.glob("*.csv"), *RESULTS.glob("README*.md")]:
            shutil.copy(path, self.results)
        if (RESULTS / "figures").exists():
            shutil.copytree(RESULTS / "figures", self.results / "figures")
        self.page = self.results / "README.md"
        self.documents = [Path(scratch.name) / name for name in drift.QUOTING]
        for name, copy in zip(drift.QUOTING, self.documents):
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(ROOT / name, copy)

    def test_page_readme_and_guide_have_the_figures_of_the_csvs(self):
        self.assertEqual([], drift.page_drift(RESULTS))
        for name in drift.QUOTING:
            self.assertEqual([], drift.document_drift(ROOT / name, RESULTS))

    def test_each_kind_of_figure_is_in_the_readme_or_the_guide(self):
        readme, guide = (path.read_text(encoding="utf-8") for path in self.documents)
        self.assertEqual(4, len(drift.GRADIENT_ROW.findall(readme)))
        self.assertEqual(2, len(drift.TEST_ERROR.findall(readme)))
        for pattern, text in ((drift.VERDICTS, readme), (drift.DISTANCES, guide), (drift.QUOTED, guide)):
            self.assertEqual(1, len(pattern.findall(text)), pattern.pattern)

    def test_what_a_document_quotes_is_quoted_anew(self):
        page = self.page.read_text(encoding="utf-8")
        for document, row in zip(self.documents, (r"^(Of the study's .*)$", r"^(\| \[2\. .*) \|$")):
            text = document.read_text(encoding="utf-8")
            stale = re.sub(row, r"\1, as it was |", text, flags=re.MULTILINE)
            self.assertNotEqual(text, stale)
            self.assertNotEqual([], drift.document_drift(self._with(document, stale), self.results))
            self.assertEqual(text, drift.requoted(stale, page, drift.page_link(document)))

    def test_the_line_of_verdicts_names_each_claim_once(self):
        page = self.page.read_text(encoding="utf-8")
        line = drift.verdict_line(page)
        named = [int(number) for group in re.findall(r"\(([\d, ]+)\)", line) for number in group.split(", ")]
        listed = [int(number) for number in re.findall(r"^\| \[?(\d+)\. ", page, re.MULTILINE)]
        self.assertEqual(listed, sorted(named), line)
        turned = re.sub(r"(\| \[9\. .*? \| )holds \|", r"\1does not hold |", page)
        self.assertNotEqual(line, drift.verdict_line(turned))
        left_out = re.sub(r"^\| \[(9\. .*?)\]\(.*", r"| \1 | not run | – | – |", page, flags=re.MULTILINE)
        self.assertRegex(drift.verdict_line(left_out), r"not been run \((\d+, )*9[,)]")

    def test_tables_of_what_was_chosen_have_words_for_the_nets(self):
        rows = set()
        for number, folder in folders.claims().items():
            if folder.decide.is_file() and (RESULTS / kept.csv_name(number)).exists():
                found = {row for row, _ in kept.read(number, RESULTS).tables["chosen"]}
                self.assertEqual(set(), found & {base["name"] for base in folders.read_json(folder.decide)["base"]}, number)
                rows |= found
        self.assertIn("sigmoid with BN", " ".join(rows))
        self.assertEqual([], [row for row in sorted(rows) if "_" in row])

    def test_a_changed_digit_in_any_table_of_the_page_is_found(self):
        for page, expected in drift.pages(self.results).items():
            text = page.read_text(encoding="utf-8")
            rows = [row for row in re.finditer(r"^\|.*\|$", text, re.MULTILINE) if re.search(r"\d", row[0])]
            self.assertTrue(len(rows) > 20 or page.suffix == ".svg")
            for row in rows:
                last = [digit.start() for digit in re.finditer(r"\d", row[0])][-1]
                page.write_text(with_other_digit(text, row.start() + last), encoding="utf-8")
                self.assertEqual(1, len(drift.differences(page, expected)), row[0])

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

    def test_a_changed_digit_in_any_figure_of_the_readme_or_the_guide_is_found(self):
        for document in self.documents:
            text = document.read_text(encoding="utf-8")
            figures = figures_of(text)
            self.assertGreater(len(figures), 20)
            for place in figures:
                changed = self._with(document, with_other_digit(text, place))
                self.assertNotEqual([], drift.document_drift(changed, self.results), text[place - 20:place + 20])

    @staticmethod
    def _with(document, text):
        document.write_text(text, encoding="utf-8")
        return document


if __name__ == "__main__":
    if not (RESULTS / "README.md").exists():
        print("drift_test: SKIPPED: no results/README.md; scripts/reproduce.sh writes it")
        sys.exit(77)
    unittest.main()
