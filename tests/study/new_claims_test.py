"""That the rules of claims 16 to 31 point the right way: runs are made up that bear a claim out, and that speak against it."""
import sys
import tempfile
import unittest
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    import numpy
    from study import choice, folders, kept, rules, runs
except ImportError as missing:
    print(f"new_claims_test: SKIPPED: {missing}; apt-get install python3-numpy python3-scipy")
    sys.exit(77)

SEEDS = range(11, 21)
NETS = ("sigmoid", "sigmoid_x4", "sigmoid_bn", "relu", "relu_bn")


def analysis(number):
    return folders.claims()[number].analysis()


def deciding(number):
    """Names of the nets of a claim's decide.json."""
    return [base["name"] for base in folders.read_json(folders.claims()[number].decide)["base"]]


def around(value, step=0.001):
    """{seed: value}, a little different from seed to seed"""
    return {seed: value + step * (seed % 3 - 1) for seed in SEEDS}


def outcomes(claim):
    return {condition: cell.text for (condition, _), cell in claim.tables["conditions"].items()}


class Made(unittest.TestCase):
    """Sweeps in directories, as bnrun leaves them."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def sweep(self, points, files=None):
        """A Sweep of [{axis or result: value}], each for all seeds; `files` gives {name: text} of a point's runs."""
        rows = [{"run": f"{place}_{seed}", "seed": seed, "status": "done", "test_error": 0.5, **point,
                 "jitter": (seed % 3 - 1) * 1e-5} for place, point in enumerate(points) for seed in SEEDS]
        for row in rows:
            row["test_error"] += row.pop("jitter")
            directory = self.scratch / row["run"]
            directory.mkdir(exist_ok=True)
            for name, text in (files(row) if files else {}).items():
                (directory / name).write_text(text)
        names = list(dict.fromkeys(name for row in rows for name in row))
        lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows)]
        (self.scratch / "summary.csv").write_text("\n".join(lines) + "\n")
        return runs.Sweep(self.scratch)

    def analyse(self, claim, sweep):
        """Its analysis, with a choice for each net of its decide.json; afterwards each choice has the net's words."""
        nets = deciding(claim.number)
        claim.choices = claim.choices or [choice.Choice(net, {}, 0.5, "validation_error", 3, {}) for net in nets]
        analysis(claim.number).analyse(claim, sweep)
        self.assertEqual([], [chosen.base for chosen in claim.choices if chosen.base in nets])


class Saturation(unittest.TestCase):
    def decided(self, saturated, first):
        claim = kept.Claim(16)
        early = {net: {seed: numpy.full(10, share) for seed, share in around(saturated[net], 0.1).items()} for net in saturated}
        analysis(16)._decide(claim, early, {net: around(level) for net, level in first.items()})
        return list(outcomes(claim).values()), claim.verdict[0]

    def test_the_posts_diagnosis(self):
        saturated, first = {"sigmoid": 40, "sigmoid_x4": 60, "sigmoid_bn": 2}, {"sigmoid": -6, "sigmoid_x4": -8}
        self.assertEqual(([rules.MET] * 3, kept.HOLDS), self.decided(saturated, first))

    def test_its_opposite(self):
        saturated, first = {"sigmoid": 1, "sigmoid_x4": 20, "sigmoid_bn": 5}, {"sigmoid": -6, "sigmoid_x4": -2}
        self.assertEqual(([rules.REFUTED] * 3, kept.FAILS), self.decided(saturated, first))


class Speed(unittest.TestCase):
    def decided(self, iterations):
        claim = kept.Claim(17)
        needed = {(net, target): around(iterations[net] / target, 1.0) for net in iterations
                  for target in analysis(17).TARGETS}
        analysis(17)._decide(claim, needed, 10000)
        return set(outcomes(claim).values()), claim

    def test_bn_first_holds(self):
        found, claim = self.decided({"sigmoid": 60, "sigmoid_x4": 20, "sigmoid_bn": 10, "relu": 15, "relu_bn": 5})
        self.assertEqual({rules.MET}, found)
        self.assertAlmostEqual(0.301, claim.verdict[2].value, 2)  # half as many as with larger weights

    def test_bn_last_does_not(self):
        found, claim = self.decided({"sigmoid": 6, "sigmoid_x4": 2, "sigmoid_bn": 10, "relu": 1, "relu_bn": 5})
        self.assertEqual(({rules.REFUTED}, kept.FAILS), (found, claim.verdict[0]))


class Statistics(unittest.TestCase):
    def decided(self, after):
        claim, module = kept.Claim(18), analysis(18)
        found = {(f"{net}_{place}", rate, statistic): around(after if place == "after" else 0)
                 for net in ("sigmoid", "relu") for place in ("after", "before") for rate in (4e-5, 4e-4)
                 for statistic in module.STATISTICS}
        module._decide(claim, found, [4e-5, 4e-4])
        return claim.verdict[0]

    def test_more_movement_after_the_activation(self):
        self.assertEqual([kept.HOLDS, kept.FAILS], [self.decided(0.5), self.decided(-0.5)])

    def test_change_is_a_share_of_the_deviation(self):
        rows = [(1, 1, "batch_sd_mean", 2.0), (1, 2, "batch_sd_mean", 2.0), (1, 2, "batch_mean_change", 1.0),
                (1, 2, "batch_sd_change", 0.2)]
        with tempfile.TemporaryDirectory() as directory:
            lines = [f"{epoch},{iteration},1,{name},{value}" for epoch, iteration, name, value in rows]
            (Path(directory) / "layers.csv").write_text("\n".join(["epoch,iteration,layer,quantity,value", *lines]))
            changes = analysis(18)._changes(SimpleNamespace(directory=Path(directory)))
        self.assertEqual((0.5, 0.1), (changes["mean"][0, 0], changes["deviation"][0, 0]))


class Curvature(unittest.TestCase):
    def decided(self, with_bn):
        claim = kept.Claim(19)
        values = {(net, "last iteration"): around(with_bn if net.endswith("_bn") else 2) for net in NETS}
        analysis(19)._decide(claim, values, values)
        return claim.verdict[0]

    def test_alike_and_flatter_with_bn(self):
        self.assertEqual([kept.HOLDS, kept.FAILS], [self.decided(1), self.decided(3)])


class Zeros(unittest.TestCase):
    def decided(self, share, far):
        claim = kept.Claim(20)
        analysis(20)._decide(claim, {"relu_bn_no_beta": around(share, 0.1)},
                             {"relu": around(9, 0.1), "relu_bn": around(far, 0.1), "relu_bn_no_beta": around(1, 0.1)})
        return list(outcomes(claim).values())

    def test_half_without_beta_and_farther_with_it(self):
        self.assertEqual([rules.MET, rules.MET], self.decided(51, 8))
        self.assertEqual([rules.REFUTED, rules.REFUTED], self.decided(60, 2))


class Lrn(Made):
    def decided(self, with_lrn, with_lrn_bn, bn, scaled=None):
        names = analysis(25).NAMES
        errors = {net: with_lrn for net in names} | {f"{net}_bn": with_lrn_bn for net in names}
        errors |= {"none": 0.02, "none_bn": bn, "lrn_1e-4": with_lrn if scaled is None else scaled}
        claim = kept.Claim(25)
        claim.choices = [choice.Choice(net, {}, 0.5 if net in ("lrn_1", "lrn_1_bn") else 0.6, "validation_error", 3, {})
                         for net in errors]
        self.analyse(claim, self.sweep([{"config": net, "test_error": error} for net, error in errors.items()]))
        self.assertEqual("1", claim.tables["best"]["with BN", "alpha of the lowest validation error"].text)
        self.assertEqual(["no LRN", "alpha 1, with BN"], [claim.choices[0].base, claim.choices[-1].base])
        self.figures = {row: cell.value for (row, _), cell in claim.tables["figures"].items()}
        return list(outcomes(claim).values())

    def test_what_dividing_gains_is_told_apart_from_what_the_sum_gains(self):
        self.decided(0.01, 0.015, 0.015, 0.012)
        self.assertAlmostEqual(-0.8, self.figures["without BN: alpha 1e-4 less none"])
        self.assertAlmostEqual(-0.2, self.figures["without BN: best LRN less alpha 1e-4"])

    def test_lrn_that_does_nothing_can_go(self):
        self.assertEqual([rules.MET] * 3, self.decided(0.02, 0.015, 0.015))

    def test_lrn_that_gains_cannot(self):
        self.assertEqual([rules.REFUTED] * 3, self.decided(0.01, 0.012, 0.015))


class Distortion(Made):
    def decided(self, gains):
        """From the gain of each step of distortion, by net and epochs."""
        points = [{"config": f"{net}_{epochs}", "data.distort.shift": size, "test_error": 0.1 - gain * size}
                  for (net, epochs), gain in gains.items() for size in (0, 1, 2, 3)]
        claim = kept.Claim(26)
        self.analyse(claim, self.sweep(points))
        return set(outcomes(claim).values())

    def test_less_gain_in_few_epochs(self):
        few, many = {("relu", 3): 0.01, ("relu_bn", 3): 0.0}, {("relu", 15): 0.02, ("relu_bn", 15): 0.02}
        self.assertEqual({rules.MET}, self.decided(few | many))

    def test_more_gain_in_few_epochs(self):
        few, many = {("relu", 3): 0.01, ("relu_bn", 3): 0.02}, {("relu", 15): 0.01, ("relu_bn", 15): 0.01}
        self.assertEqual({rules.REFUTED}, self.decided(few | many))


class Figure1(unittest.TestCase):
    def decided(self, error, steps, moving):
        claim = kept.Claim(27)
        tables = [{net: around(value if net == "sigmoid_bn" else other) for net in analysis(27).NAMES}
                  for value, other in ((error, 0.05), (steps, 5000.0), (moving, 0.5))]
        analysis(27)._decide(claim, *tables)
        return set(outcomes(claim).values())

    def test_better_sooner_and_steadier(self):
        self.assertEqual([{rules.MET}, {rules.REFUTED}], [self.decided(0.02, 900.0, 0.1), self.decided(0.08, 9000.0, 0.9)])


class Shift(unittest.TestCase):
    def decided(self, cosine, smoothness):
        claim = kept.Claim(28)
        found = {(net, optimizer): {seed: {"cosine": cosine if net.endswith("_bn") else 0.5 + 0.001 * (seed % 3),
                                           "smoothness, log10": smoothness if net.endswith("_bn") else 1 + 0.001 * (seed % 3)}
                                    for seed in SEEDS} for net in NETS for optimizer in ("rmsprop", "sgd")}
        analysis(28)._decide(claim, found, ["rmsprop", "sgd"])
        return [claim.tables["met"]["comparisons", column].text for column in ("shift", "smoothness")]

    def test_a_higher_cosine_is_less_shift_and_a_lower_measure_smoother(self):
        self.assertEqual(["3 of 3", "3 of 3"], self.decided(0.9, 0.1))
        self.assertEqual(["0 of 3", "0 of 3"], self.decided(0.1, 2))


class Normalizers(unittest.TestCase):
    def decided(self, learned):
        claim = kept.Claim(29)
        kinds = ("none", "batch", "layer", "rms", "group", "weight")
        cells = {name: rules.counts({seed: learned for seed in SEEDS})
                 for name in [f"{net}_{kind}_30" for net in ("sigmoid", "relu") for kind in kinds]
                 + ["residual_batch", "residual_layer"]}
        analysis(29)._decide(claim, cells)
        return claim.verdict[0]

    def test_each_net_has_words(self):
        for number in (22, 29):
            self.assertEqual(set(deciding(number)), set(analysis(number).NAMES))

    def test_all_or_none_learn(self):
        self.assertEqual([kept.HOLDS, kept.FAILS], [self.decided(True), self.decided(False)])


class Overfitting(Made):
    def decided(self, train, test):
        points = [{"config": "none", "train_error": 0.01, "test_error": 0.06}]
        points += [{"config": config, "train_error": train, "test_error": test} for config in ("center", "zscore", "zca", "bn")]
        claim = kept.Claim(30)
        self.analyse(claim, self.sweep(points))
        return set(outcomes(claim).values())

    def test_both_gap_and_error_must_be_smaller(self):
        self.assertEqual({rules.MET}, self.decided(0.02, 0.05))
        self.assertEqual({rules.REFUTED}, self.decided(0.06, 0.08))  # a smaller gap, by a worse fit
        self.assertEqual({rules.REFUTED}, self.decided(0.00, 0.055))  # a smaller error, with a larger gap


class Dropout(Made):
    def decided(self, errors):
        """From the test errors after each of two epochs, by dropout."""
        text = {config: "epoch,test_error\n" + "".join(f"{place},{error}\n" for place, error in enumerate(found, 1))
                for config, found in errors.items()}
        points = [{"config": config, "data.train_samples": 2000} for config in errors]
        claim = kept.Claim(31)
        self.analyse(claim, self.sweep(points, lambda row: {"epochs.csv": text[row["config"]]}))
        return list(outcomes(claim).values())

    def test_less_dropout_sooner(self):
        falling = {"dropout_0": [0.06, 0.01], "dropout_0.1": [0.08, 0.02], "dropout_0.25": [0.1, 0.04], "dropout_0.5": [0.9, 0.8]}
        self.assertEqual([rules.MET] * 3, self.decided(falling))

    def test_more_dropout_sooner(self):
        rising = {"dropout_0": [0.9, 0.8], "dropout_0.1": [0.3, 0.049], "dropout_0.25": [0.08, 0.02], "dropout_0.5": [0.06, 0.01]}
        self.assertEqual([rules.REFUTED] * 3, self.decided(rising))


class Facts(unittest.TestCase):
    def test_lines_through_a_sigmoid(self):
        linear = analysis(22)
        self.assertAlmostEqual(0.9986, linear._fit_of_a_line(0.2, 0.8), 3)
        self.assertLess(linear._fit_of_a_line(0.1, 0.9), linear._fit_of_a_line(0.2, 0.8))
        self.assertLess(linear._fit_of_a_line(0.001, 0.999), 0.95)
        z = numpy.random.default_rng(1).normal(size=200000)
        self.assertAlmostEqual(numpy.corrcoef(z, 1 / (1 + numpy.exp(-z)))[0, 1] ** 2, linear._fit_for_normal(), 3)

    def test_claims_have_their_modules(self):
        for number in range(16, 32):
            self.assertTrue(callable(import_module(analysis(number).__name__).analyse))


if __name__ == "__main__":
    unittest.main()
