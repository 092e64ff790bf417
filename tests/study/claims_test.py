"""That the claims' folders are whole, and what is said where they are not."""
import contextlib
import io
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from study import folders  # noqa: E402
from study import __main__ as commands  # noqa: E402


class Scratch(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def claim(self, name, facts="{}", lacks=()):
        path = self.scratch / "claims" / name
        path.mkdir(parents=True)
        for file in folders.FILES:
            if file not in lacks:
                (path / file).write_text(facts if file == "claim.json" else "")
        return folders.Folder(path)

    def outcome(self, function, *arguments):
        """What a call returns, and what it says."""
        said = io.StringIO()
        with contextlib.redirect_stderr(said):
            return function(*arguments), said.getvalue()


class Folders(Scratch):
    def problems(self):
        return [problem.removeprefix(f"{self.scratch}/") for problem in folders.problems(self.scratch / "claims")]

    def test_a_folder_that_lacks_a_file_is_reported_in_one_line(self):
        self.claim("01_whole")
        for number, file in enumerate(folders.FILES, 2):
            self.claim(f"{number:02d}_broken", lacks=[file])
        self.assertEqual([f"claims/{number:02d}_broken: lacks {file}" for number, file in enumerate(folders.FILES, 2)],
                         self.problems())

    def test_all_that_a_folder_lacks_is_in_one_line(self):
        self.claim("01_empty", lacks=folders.FILES)
        self.assertEqual(["claims/01_empty: lacks analysis.py, claim.json, section.md, spec.json"], self.problems())

    def test_numbers_are_unique_and_without_gaps(self):
        for name in ("01_first", "02_second", "02_again", "04_last"):
            self.claim(name)
        twice, none = "claim 2 has 2 folders, expected one", "claim 3 has no folders, expected one"
        self.assertEqual([f"claims: {twice}", f"claims: {none}"], self.problems())

    def test_numbers_begin_at_one(self):
        self.claim("00_early")
        self.assertEqual(["claims: claim 1 has no folders, expected one"], self.problems())

    def test_no_claims_at_all_is_a_problem(self):
        (self.scratch / "claims").mkdir()
        self.assertEqual(["claims: claim 1 has no folders, expected one"], self.problems())

    def test_other_names_are_reported(self):
        self.claim("01_first")
        self.claim("second")
        self.assertEqual(["claims/second: expected a name such as 07_placement"], self.problems())

    def test_a_command_says_it_in_one_line(self):
        self.claim("01_broken", lacks=["section.md"])
        unsound = mock.patch.object(folders, "claims", lambda claims=folders.claims: claims(self.scratch / "claims"))
        with unsound, mock.patch.object(sys, "argv", ["study", "list"]):
            self.assertEqual((1, f"study: {self.scratch}/claims/01_broken: lacks section.md\n"),
                             self.outcome(commands.main))


class Shipped(unittest.TestCase):
    def test_the_folders_are_sound(self):
        self.assertEqual([], folders.problems())

    def test_section_and_spec_have_the_number_of_their_folder(self):
        for number, claim in folders.claims().items():
            self.assertRegex(claim.section, rf"\A## {number}\. ")
            self.assertEqual(claim.name, folders.read_json(claim.spec)["name"])

    def test_the_page_says_how_many_there_are(self):
        self.assertIn(f": {len(folders.claims())} claims, ", (ROOT / "study" / "head.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    unittest.main()
