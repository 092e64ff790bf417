"""That the independent programs of scripts/study/ have the formulas right, and say where the study has another figure."""
import contextlib
import io
import math
import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts" / "study"))
sys.dont_write_bytecode = True

try:
    import numpy
    import control
    import factor
    import nets
except ImportError as missing:
    print(f"independent_test: SKIPPED: {missing}; apt-get install python3-numpy")
    sys.exit(77)


def has_mnist():
    directory = Path(os.environ.get("BNRUN_DATA_DIR", "data/mnist"))
    return any((directory / f"t10k-images-idx3-ubyte{suffix}").exists() for suffix in ("", ".gz"))


class Nets(unittest.TestCase):
    def test_gradients_are_central_differences(self):
        random = numpy.random.default_rng(3)
        images, labels = random.random((7, 5)), random.integers(0, 10, 7)
        for function, normalized, gamma in ((nets.sigmoid, False, 1), (nets.sigmoid, True, 2), (nets.relu, True, 1)):
            layers = nets.draw(random, 2.0, sizes=(5, 6, 4, 10))
            _, found = nets.gradients(layers, images, labels, function, normalized, gamma)
            for layer, (tensors, gradients) in enumerate(zip(layers, found)):
                for tensor, gradient in list(zip(tensors, gradients))[:1 if normalized and layer < 2 else 2]:
                    place = (0,) * tensor.ndim
                    losses = []
                    for step in (1e-6, -2e-6):
                        tensor[place] += step
                        losses.append(nets.gradients(layers, images, labels, function, normalized, gamma)[0])
                    tensor[place] += 1e-6
                    self.assertAlmostEqual((losses[0] - losses[1]) / 2e-6, gradient[place], 7)

    def test_initial_values_have_the_published_deviation_times_the_gain(self):
        layers = nets.draw(numpy.random.default_rng(1), 4)
        self.assertEqual([(200, 784), *[(200, 200)] * 9, (10, 200)], [weight.shape for weight, _ in layers])
        self.assertAlmostEqual(4 * math.sqrt(2 / 400 / 1.04), layers[5][0].std(), 2)
        self.assertAlmostEqual(4 * math.sqrt(2 / 984 / 1.04), layers[0][1].std(), 1)


class Theory(unittest.TestCase):
    def test_factors_that_are_known_in_closed_form_or_from_the_literature(self):
        self.assertAlmostEqual(math.sqrt(math.pi / (math.pi - 1)), factor.predicted(nets.relu, True, 1, 1), 4)
        self.assertAlmostEqual(math.sqrt(0.0537), factor.predicted(nets.sigmoid, False, 1, 1), 4)
        self.assertAlmostEqual(1.0167, factor.predicted(nets.sigmoid, True, 1, 1), 4)

    @unittest.skipUnless(has_mnist(), "needs MNIST")
    def test_nets_have_them(self):
        for name, tolerance in (("sigmoid", 0.05), ("sigmoid with BN", 0.03), ("ReLU with BN", 0.03)):
            net = factor.NETS[name]
            self.assertLess(abs(factor.measured(*net, seeds=4).mean() / factor.predicted(*net) - 1), tolerance, name)


class Verdicts(unittest.TestCase):
    def outcome(self, program, *arguments):
        with mock.patch.object(sys, "argv", ["program", *arguments]), contextlib.redirect_stdout(io.StringIO()), \
                contextlib.redirect_stderr(io.StringIO()) as said:
            return program.main(), said.getvalue()

    def test_an_interval_that_does_not_meet_the_programs_own_is_said(self):
        with tempfile.TemporaryDirectory() as results, \
                mock.patch.object(factor, "measured", lambda *_: numpy.array([0.24, 0.25, 0.26])):
            for low, high, code in ((3.9, 4.1, 0), (4.2, 4.6, 0), (4.9, 5.1, 1), (2.0, 3.0, 1)):
                (Path(results) / "theory.csv").write_text(
                    f'table,row,column,low,high\nfactors,sigmoid,"measured, iteration 1",{low},{high}\n')
                self.assertEqual(code, self.outcome(factor, results)[0], (low, high))

    def test_an_error_more_than_three_standard_errors_away_is_said(self):
        with tempfile.TemporaryDirectory() as results, \
                mock.patch.object(control, "errors", lambda gain, *_: numpy.array([5.0, 5.2, 5.1])):
            for error, code in ((0.051, 0), (0.061, 1)):
                rows = "".join(f"9,decide,config={config};train.optimizer.name={name};train.optimizer.learning_rate=1e-3,done,"
                               f"{value}\n" for config, name, value in
                               (("sigmoid", "rmsprop", error), ("sigmoid", "rmsprop", error + 0.001),
                                ("sigmoid_x4", "rmsprop", 0.051), ("sigmoid_x4", "sgd", 0.9)))
                (Path(results) / "runs.csv").write_text("claim,stage,axes,status,test_error\n" + rows)
                code_found, said = self.outcome(control, results)
                self.assertEqual((code, code), (code_found, int("another error: sigmoid\n" in said)), error)


if __name__ == "__main__":
    unittest.main()
