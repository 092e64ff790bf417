"""That a claim's tables say what was chosen and what it cost, and what the first screen's analysis makes of runs. Needs numpy."""
import json
import math
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    import numpy
    from study import choice, folders, kept, stages
    from study.theory import analysis
except ImportError as missing:
    print(f"stages_test: SKIPPED: {missing}; apt-get install python3-numpy python3-scipy")
    sys.exit(77)


class Analysed(unittest.TestCase):
    """A claim of two sweeps, of which the second is analysed."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.out = Path(scratch.name)
        self.folder = folders.Folder(self.out / "03_thing")
        self.folder.path.mkdir()
        base = {"name": "a", "best": {"keys": ["train.optimizer.learning_rate"]}}
        (self.folder.path / "decide.json").write_text(json.dumps({"base": [base]}))
        self.sweep("claim03_select", "a,4e-5,1,done,0.25", "a,4e-4,1,done,0.125", "a,4e-3,1,diverged,")
        self.sweep("claim03", "a,4e-4,11,done,", "a,4e-4,12,diverged,")
        seen = self.seen = []

        class Module:
            @staticmethod
            def analyse(claim, sweep):
                seen.extend([len(claim.selection.runs), len(sweep.runs)])
                claim.decide(kept.HOLDS, "figure", kept.Cell(1.0, n=10))

        patch = mock.patch.object(folders.Folder, "analysis", lambda _: Module)
        patch.start()
        self.addCleanup(patch.stop)

    def sweep(self, name, *lines):
        runs = self.out / "study" / name
        rows = ["run,config,train.optimizer.learning_rate,seed,status,validation_error"]
        for number, line in enumerate(lines):
            (runs / f"run{number}").mkdir(parents=True)
            (runs / f"run{number}" / "summary.json").write_text('{"seconds": 1.5, "version": "0.2.0", "commit": "abc"}')
            rows.append(f"run{number},{line}")
        (runs / "summary.csv").write_text("\n".join(rows) + "\n")

    def test_the_deciding_sweep_is_analysed_with_the_selection_beside_it(self):
        claim = stages.analysed(self.folder, self.out)
        self.assertEqual([3, 2], self.seen)
        chosen = {column: str(cell) for (row, column), cell in claim.tables["chosen"].items() if row == "a"}
        self.assertEqual({"learning rate": "4e-4", "learning rate: edge of the grid": "–", "validation error, %": "12.50"}, chosen)

    def test_cost_and_rows_are_of_both_sweeps(self):
        claim = stages.analysed(self.folder, self.out)
        cost = {name: str(cell) for (_, name), cell in claim.tables["cost"].items()}
        self.assertEqual({"runs": "5", "diverged": "2", "seconds": "8", "program": "0.2.0 (abc)"}, cost)
        self.assertEqual(6, len((self.out / "runs.csv").read_text().splitlines()))

    def test_an_edge_is_in_words(self):
        claim = kept.Claim(3)
        stages.put_choice(claim, choice.Choice("a", {"train.l2": "0"}, 0.5, "train_loss", 3, {"train.l2": "lowest"}))
        self.assertEqual({"l2": "0", "l2: edge of the grid": "lowest tried", "train loss": "0.5"},
                         {column: str(cell) for (_, column), cell in claim.tables["chosen"].items()})


class Theory(unittest.TestCase):
    def test_the_factor_of_a_row_of_norms_is_that_of_its_inner_layers(self):
        norms = numpy.array([9.0, *(4.0**layer for layer in range(9)), 7.0])
        self.assertAlmostEqual(4, analysis.table_factor(norms, -1))
        self.assertAlmostEqual(1 / 4, analysis.table_factor(norms, 1))

    def test_an_observed_quantity_is_a_geometric_mean_over_the_inner_layers(self):
        values = {(1, 1, layer, "q"): 2.0 if layer % 2 else 8.0 for layer in range(2, 10)}
        values |= {(1, 1, layer, "q"): 1e9 for layer in (1, 10)}
        self.assertAlmostEqual(4, analysis.observed(mock.Mock(layers=values), "q"))

    def test_variances_of_inputs_by_hand(self):
        model = {"layers.0.weight": numpy.array([[2.0]]), "layers.0.bias": numpy.array([-1.0]),
                 "layers.1.weight": numpy.array([[3.0]]), "layers.1.bias": numpy.array([5.0])}
        images = numpy.array([[0.0], [1.0]])  # sums -1 and 1
        outputs = {"relu": (0.0, 1.0), "sigmoid": (1 / (1 + math.e), 1 / (1 + 1 / math.e))}
        for activation, (low, high) in outputs.items():
            first, second = analysis.input_variances(model, images, activation)
            self.assertAlmostEqual(1, first)
            self.assertAlmostEqual((3 * (high - low) / 2)**2, second)

    def test_the_spec_has_every_net_of_the_table(self):
        bases = {base["name"] for base in folders.read_json(folders.Folder(folders.THEORY).spec)["base"]}
        tables = {name for name, _ in analysis.TABLES.values()}
        self.assertEqual(bases, tables | (set(analysis.ROWS) & bases))
        self.assertLessEqual({"sigmoid", "sigmoid_bn", "sigmoid_x4", "relu_bn", *tables}, bases)


if __name__ == "__main__":
    unittest.main()
