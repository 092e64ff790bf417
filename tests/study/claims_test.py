"""That the claims' folders are whole, what is said where they are not, and what is asked of bnrun for them."""
import contextlib
import io
import json
import re
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
sys.dont_write_bytecode = True

from study import folders, pictures, sweeps  # noqa: E402
from study import __main__ as commands  # noqa: E402

FACTS = {"quick", "shares", "keep_models", "pictures", "core_seconds"}
PICTURE = {"figures", "runs", "where", "moment", "name"}
COUNTS = {"five": 5, "six": 6, "seven": 7, "eight": 8, "thirteen": 13, "五": 5, "六": 6, "七": 7, "八": 8, "十三": 13}
VALUES = {"section.md": r"(?P<count>\w+)(?: rates)? from (?P<low>[\d.e-]+) to (?P<high>[\d.e-]+)\b",
          "section.zh.md": r"从 (?P<low>[\d.e-]+) 到 (?P<high>[\d.e-]+) ?(?:、[^，。]*)?的 ?(?P<count>\w+?) ?个"}


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

    def bnrun(self, script):
        """A program in bnrun's place."""
        path = self.scratch / "bnrun"
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

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
        self.assertEqual(["claims/01_empty: lacks analysis.py, claim.json, section.md, section.zh.md, spec.json"], self.problems())

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
            if claim.decide.is_file():
                self.assertEqual(claim.name, folders.read_json(claim.decide)["name"])
            self.assertRegex(claim.text("section.zh.md"), rf"\A## {number}\. ")

    def test_facts_are_known_ones(self):
        for claim in folders.claims().values():
            self.assertLessEqual(set(claim.facts), FACTS, claim.name)
            for picture in claim.facts.get("pictures", []):
                self.assertLessEqual(set(picture), PICTURE, claim.name)

    def test_every_picture_of_a_section_is_one_that_its_claim_draws(self):
        for claim in folders.claims().values():
            drawn = {"_".join(filter(None, (claim.name, picture.get("name"), figure)))
                     for picture in claim.facts.get("pictures", []) for figure in picture["figures"]}
            wanted = set(re.findall(r"\{\{picture (\S+)", claim.section))
            self.assertLessEqual(wanted - drawn, {"claim03_valley"}, claim.name)

    def test_a_section_tells_of_the_values_that_its_spec_has(self):
        for file, pattern in VALUES.items():
            told = 0
            for claim in folders.claims().values():
                values = self.values(folders.read_json(claim.spec))
                for found in re.finditer(pattern, claim.text(file).replace("\n", " ")):
                    count = int(found["count"]) if found["count"].isdecimal() else COUNTS.get(found["count"])
                    if count:
                        self.assertIn((count, float(found["low"]), float(found["high"])), values, f"{claim.path.name}/{file}")
                        told += 1
            self.assertGreaterEqual(told, 9, file)

    @staticmethod
    def values(spec):
        """(count, lowest, highest) of each list of positive values; a zipped axis has one list after another."""
        axes = [[value for value in axis if value > 0] for kind in ("grid", "zip") for axis in spec.get(kind, {}).values()
                if isinstance(axis, list) and all(isinstance(value, (int, float)) for value in axis)]
        starts = [[*(i for i, value in enumerate(axis) if i == 0 or value < axis[i - 1]), len(axis)] for axis in axes]
        parts = [axis[low:high] for axis, places in zip(axes, starts) for low, high in zip(places, places[1:])]
        return [(len(part), part[0], part[-1]) for part in parts]


class Sweeps(Scratch):
    def run_sweep(self, facts, code):
        script = f'''echo "$@" >> {self.scratch}/calls
[ "$7" = --tasks ] || exit {code}
mkdir -p "$4/a" && touch "$4/a/model.safetensors"
for line in 1 2 3; do echo "line $line" >&2; done
echo "a: warning: diverged" >&2; echo "b: error: broken" >&2; exit {code}'''
        claim = self.claim("03_thing", facts)
        (self.scratch / "study").mkdir()
        self.model = self.scratch / "study" / "claim03" / "a" / "model.safetensors"
        status, said = self.outcome(sweeps.run, claim, self.scratch, self.bnrun(script), False)
        return status, said.splitlines(), (self.scratch / "calls").read_text().splitlines()

    def test_shares_are_run_and_then_collected(self):
        status, said, calls = self.run_sweep('{"shares": 2}', 0)
        runs = self.scratch / "study" / "claim03"
        begins = f"sweep {self.scratch}/claims/03_thing/spec.json --out {runs}"
        self.assertEqual([f"{begins} --task 1 --tasks 2", f"{begins} --task 2 --tasks 2", f"{begins} --collect"], calls)
        self.assertEqual((0, ["line 1", "b: error: broken"] * 2), (status, said))
        self.assertEqual(10, len(runs.with_suffix(".log").read_text().splitlines()))
        self.assertFalse(self.model.exists())

    def test_models_that_the_analysis_reads_stay(self):
        self.run_sweep('{"keep_models": true}', 0)
        self.assertTrue(self.model.exists())

    def test_a_failure_ends_it(self):
        status, _, calls = self.run_sweep('{"shares": 2}', 1)
        self.assertEqual((1, 1), (status, len(calls)))


class Pictures(Scratch):
    def setUp(self):
        super().setUp()
        without_analysis = mock.patch.object(folders.Folder, "analysis", lambda _: None)
        without_analysis.start()
        self.addCleanup(without_analysis.stop)

    def runs(self, claim, *names):
        for name in names:
            path = self.scratch / "study" / claim / name
            path.mkdir(parents=True)
            (path / "config.json").write_text('{"name": "long", "seed": 1}')

    def draw(self, number, *claims):
        """Draws with a program that keeps what it is asked, but for the place of its pictures; the claims are those of
        the scratch directory."""
        (self.scratch / "figures").mkdir()
        script = f'''while [ "$1" != --svg ]; do asked="$asked$1 "; shift; done
svg=$2; shift 2; echo "$asked$@" >> {self.scratch}/calls
for figure; do case $figure in --figure=*) echo "$figure" > "$svg/${{figure#--figure=}}.svg";; esac; done'''
        with mock.patch.object(folders, "studies", lambda: {claim.number: claim for claim in claims}):
            pictures.draw_claim(number, self.scratch, self.bnrun(script))
        figures = sorted(path.name for path in (self.scratch / "figures").iterdir())
        return (self.scratch / "calls").read_text().replace(f"{self.scratch}/study/", "").splitlines(), figures

    def folder(self, path, /, **picture):
        return self.claim(path, json.dumps({"pictures": [picture]}))

    def test_runs_are_named_by_their_labels(self):
        self.runs("claim01", "config=a_b,seed=1", "config=c,seed=1", "config=c,seed=2")
        calls, figures = self.draw(1, self.folder("01_a", figures=["error", "loss"], runs="config={label},seed=1",
                                                  moment="last"))
        self.assertEqual(["report a b=claim01/config=a_b,seed=1 c=claim01/config=c,seed=1 --figure=error --figure=loss "
                          "--iteration last"], calls)
        self.assertEqual(["claim01_error.svg", "claim01_loss.svg"], figures)

    def test_a_part_of_a_sweep(self):
        self.runs("claim01", "rate=1,seed=1", "rate=10,seed=1")
        calls, figures = self.draw(1, self.folder("01_a", figures=["sweep"], name="one", where="rate=1"))
        self.assertEqual((["report claim01 --figure=sweep --where rate=1"], ["claim01_one_sweep.svg"]), (calls, figures))

    def test_another_column_of_a_sweep(self):
        asked = self.scratch / "asked"
        pictures.draw(self.bnrun(f'shift 4; echo "$@" > {asked}'), [(None, "sweep")], ["sweep"], y="distance (decades)")
        self.assertEqual("--figure=sweep --y distance (decades)\n", asked.read_text())

    def test_a_picture_beside_another_claims_runs_is_drawn_with_them(self):
        self.runs("claim01", "one")
        self.runs("claim02", "two")
        first = self.folder("01_a", figures=["error"], runs={"mine": "one", "yours": "../claim02/two"})
        second, third = self.folder("02_b", figures=["sweep"]), self.folder("03_c", figures=["sweep"])
        calls, figures = self.draw(2, first, second, third)
        self.assertEqual(["report mine=claim01/one yours=claim01/../claim02/two --figure=error",
                          "report claim02 --figure=sweep"], calls)
        self.assertEqual(["claim01_error.svg", "claim02_sweep.svg"], figures)

    def test_what_bnrun_cannot_draw_is_said(self):
        self.runs("claim01", "one")
        claim = self.folder("01_a", figures=["error"], runs={"mine": "one"})
        bnrun = self.bnrun("echo no such thing >&2; exit 2")
        with mock.patch.object(folders, "studies", lambda: {1: claim}):
            self.assertEqual((None, "study: claim01: no pictures: no such thing\n"),
                             self.outcome(pictures.draw_claim, 1, self.scratch, bnrun))


if __name__ == "__main__":
    unittest.main()
