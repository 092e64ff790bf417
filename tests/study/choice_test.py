"""That settings are chosen as they should be from a selection's runs, that both sweeps are run, and every run's row is kept."""
import json
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

from study import choice, folders, quick, sweeps  # noqa: E402

RATE = "train.optimizer.learning_rate"


def rows(**errors):
    """Rows of config "a": {rate as text: validation errors, None for a run that diverged}."""
    return [{"run": "r", "config": "a", RATE: rate.removeprefix("r"), "seed": str(seed),
             "status": "done" if error is not None else "diverged",
             "validation_error": "" if error is None else str(error)}
            for rate, found in errors.items() for seed, error in enumerate(found, 1)]


class Best(unittest.TestCase):
    def chosen(self, found, keys=(RATE,)):
        return choice.best(found, {"config": "a"}, keys)

    def test_the_lowest_mean_is_best_and_inside_the_grid(self):
        best = self.chosen(rows(**{"r1e-3": [0.3, 0.3], "r0.01": [0.1, 0.3], "r0.1": [0.2, 0.3]}))
        self.assertEqual(({RATE: "0.01"}, {}, 2), (best.values, best.edges, best.runs))
        self.assertAlmostEqual(0.2, best.mean)

    def test_a_run_that_diverged_counts_as_guessing(self):
        best = self.chosen(rows(**{"r1": [0.5, 0.5], "r2": [0.05, None]}))
        self.assertEqual("2", best.values[RATE])
        best = self.chosen(rows(**{"r1": [0.5, 0.4], "r2": [0.05, None]}))
        self.assertEqual("1", best.values[RATE])

    def test_ties_go_to_the_smaller_number(self):
        self.assertEqual("2", self.chosen(rows(r10=[0.5], r2=[0.5])).values[RATE])

    def test_a_best_at_the_end_of_what_was_tried_is_said(self):
        found = {"r1": [0.1], "r2": [0.2], "r10": [0.3]}
        self.assertEqual({RATE: "lowest"}, self.chosen(rows(**found)).edges)
        self.assertEqual({RATE: "highest"}, self.chosen(rows(**{**found, "r10": [0.05]})).edges)
        self.assertEqual({}, self.chosen(rows(r1=[0.1])).edges)

    def test_an_end_that_is_no_better_than_the_value_beside_it_is_none(self):
        self.assertEqual({}, self.chosen(rows(r1=[0.9], r2=[0.9], r3=[0.95])).edges)
        self.assertEqual({RATE: "lowest"}, self.chosen(rows(r1=[0.9], r2=[0.91], r3=[0.9])).edges)

    def test_names_and_several_keys(self):
        found = [{**row, "name": name} for name in ("sgd", "adam") for row in rows(r1=[0.2], r2=[0.1 * len(name)])]
        best = self.chosen(found, ("name", "learning_rate"))
        self.assertEqual(({"name": "adam", "learning_rate": "1"}, {"learning_rate": "lowest"}), (best.values, best.edges))

    def test_a_loss_of_a_run_that_diverged_is_the_worst(self):
        found = [{"config": "a", "k": "1", "status": "diverged", "train_loss": ""},
                 {"config": "a", "k": "2", "status": "done", "train_loss": "1e9"}]
        self.assertEqual("2", choice.best(found, {}, ["k"], "train_loss").values["k"])

    def test_values_compare_as_what_they_are(self):
        for text, value, expected in (("4e-5", 0.00004, True), ("true", True, True), ("1", True, False), ("a", "a", True),
                                      ("a", 1, False), ("1", "1.0", False)):
            self.assertEqual(expected, choice.same(text, value), (text, value))


class Fill(unittest.TestCase):
    def fill(self, spec, found):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "decide.json"
            path.write_text("// what it is\n" + json.dumps(spec))
            return choice.fill(path, found)

    def test_a_base_gets_what_is_best_for_it(self):
        base = {"name": "a", "best": {"keys": [RATE]}, "train": {"epochs": 2}}
        spec, choices = self.fill({"name": "x", "base": [base, {"name": "b"}], "grid": {"seed": "11:20"}},
                                  rows(**{"r4e-5": [0.1], "r1": [0.2]}))
        trained = {"epochs": 2, "optimizer": {"learning_rate": 4e-5}}
        self.assertEqual([{"name": "a", "train": trained}, {"name": "b"}], spec["base"])
        self.assertEqual(({"seed": "11:20"}, ["a"]), (spec["grid"], [one.base for one in choices]))

    def test_each_value_of_an_axis_has_a_choice_of_its_own(self):
        found = [{**row, "model.depth": depth} for depth, first in (("2", 0.1), ("5", 0.3))
                 for row in rows(r1=[first], r2=[0.2])]
        base = {"name": "deep", "best": {"of": {"config": "a"}, "keys": [RATE], "each": {"model.depth": [2, 5]}}}
        spec, _ = self.fill({"base": [base]}, found)
        self.assertEqual([("deep_2", 2, 1), ("deep_5", 5, 2)],
                         [(one["name"], one["model"]["depth"], one["train"]["optimizer"]["learning_rate"])
                          for one in spec["base"]])

    def test_what_no_run_has_is_one_line(self):
        for of in ({"config": "other"}, {"no.such": 1}):
            with self.assertRaisesRegex(folders.Unsound, r"decide\.json: base a: best: .*(no run of the selection|names 0)"):
                self.fill({"base": [{"name": "a", "best": {"of": of, "keys": [RATE]}}]}, rows(r1=[0.1]))


class Stages(unittest.TestCase):
    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)
        self.claim = folders.Folder(self.scratch / "03_thing")
        self.claim.path.mkdir()
        (self.scratch / "study").mkdir()
        base = {"name": "a", "train": {"epochs": 4}}
        self.write("claim.json", {"quick": {"epochs": 2, "axes": {RATE: [1]}, "decide": {"set": {"train.epochs": 1}}}})
        self.write("spec.json", {"name": "claim03", "base": [base], "grid": {RATE: [1, 2], "seed": "1:3"}})
        self.write("decide.json", {"name": "claim03", "base": [{**base, "best": {"keys": [RATE]}}],
                                   "grid": {"seed": "11:20"}})

    def write(self, name, content):
        (self.claim.path / name).write_text(json.dumps(content))

    def run_both(self, is_quick):
        """The specs and directories that bnrun was given; it leaves a summary in which rate 2 is best."""
        bnrun = self.scratch / "bnrun"
        bnrun.write_text(f'''#!/bin/sh
mkdir -p "$4" && echo "$2 $4 $5" >> {self.scratch}/calls
printf 'run,config,{RATE},seed,status,validation_error\\nx,a,1,1,done,0.5\\ny,a,2,1,done,0.25\\n' > "$4/summary.csv"
[ "$5" = --collect ] || touch "$4/model.safetensors"''')
        bnrun.chmod(0o755)
        self.assertEqual(0, sweeps.run(self.claim, self.scratch, bnrun, is_quick))
        return (self.scratch / "calls").read_text().replace(f"{self.scratch}/", "").splitlines()

    def test_the_selection_runs_and_then_what_it_chose(self):
        self.assertEqual(["03_thing/spec.json study/claim03_select --task", "03_thing/spec.json study/claim03_select --collect",
                          "study/claim03.json study/claim03 --task", "study/claim03.json study/claim03 --collect"],
                         self.run_both(False))
        written = json.loads((self.scratch / "study" / "claim03.json").read_text())
        self.assertEqual({"epochs": 4, "optimizer": {"learning_rate": 2}}, written["base"][0]["train"])
        self.assertEqual("11:20", written["grid"]["seed"])

    def test_models_of_a_selection_never_stay(self):
        facts = json.loads((self.claim.path / "claim.json").read_text())
        self.write("claim.json", {**facts, "keep_models": True})
        self.run_both(False)
        left = [path.parent.name for path in (self.scratch / "study").rglob("model.safetensors")]
        self.assertEqual(["claim03"], left)

    def test_the_quick_version_makes_both_smaller(self):
        self.run_both(True)
        selection, decision = (json.loads((self.scratch / "study" / f"{name}.json").read_text())
                               for name in ("claim03_select", "claim03"))
        self.assertEqual(({RATE: [1], "seed": "1:2"}, 2), (selection["grid"], selection["base"][0]["train"]["epochs"]))
        self.assertEqual(({"seed": "11:12"}, 1), (decision["grid"], decision["base"][0]["train"]["epochs"]))

    def test_a_claim_with_one_sweep_has_a_quick_version_of_more_seeds(self):
        self.assertEqual("1:3", json.loads(quick.quick_spec(self.claim))["grid"]["seed"])


try:
    import numpy  # noqa: F401
    from study import rows as run_rows
    from study.runs import Run
except ImportError:
    run_rows = None


@unittest.skipIf(run_rows is None, "needs numpy")
class Rows(unittest.TestCase):
    def sweep(self, *lines):
        names = ["run", "config", RATE, "seed", "status", "train_loss", "train_error", "test_loss", "test_error"]
        return mock.Mock(runs=[Run(Path("/nowhere"), dict(zip(names, line.split(",")))) for line in lines])

    def test_rows_are_sorted_and_replace_those_of_their_claim(self):
        with tempfile.TemporaryDirectory() as directory:
            path = Path(directory) / "runs.csv"
            old = self.sweep("x,old,1,1,done,1,0.5,1,0.5")
            new = self.sweep("x,a,10,2,done,0.123456789,0.5,2,0.25", "y,a,10,1,diverged,,,,", "z,a,9,1,done,1,0.5,1,0.5")
            run_rows.replace(path, 10, {"decide": old})
            run_rows.replace(path, 9, {"decide": old, "select": old})
            run_rows.replace(path, 10, {"decide": new})
            found = run_rows.read(path)
        self.assertEqual([("9", "select", "1"), ("9", "decide", "1"), ("10", "decide", "1"), ("10", "decide", "1"),
                          ("10", "decide", "2")], [(row["claim"], row["stage"], row["seed"]) for row in found])
        self.assertEqual([f"config=a;{RATE}={rate}" for rate in (9, 10, 10)], [row["axes"] for row in found[2:]])
        self.assertEqual(("0.123457", "0.25", "done", ""), tuple(found[4][name] for name in
                                                                ("train_loss", "test_error", "status", "distance")))
        self.assertEqual("diverged", found[3]["status"])


if __name__ == "__main__":
    unittest.main()
