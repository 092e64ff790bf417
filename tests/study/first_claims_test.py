"""That the rules of claims 1 to 15 point the right way: runs are made up that bear a claim out, and that speak against it."""
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    from study import choice, folders, kept, rules, runs
except ImportError as missing:
    print(f"first_claims_test: SKIPPED: {missing}; apt-get install python3-numpy python3-scipy")
    sys.exit(77)

RATE = "train.optimizer.learning_rate"
SEEDS, SELECTING = range(11, 21), range(1, 4)
OWN_BEST, POST = "each at its best rate", "at the post's rate"
MET, REFUTED = rules.MET, rules.REFUTED


def around(value, step=0.001):
    """{seed: value}, a little different from seed to seed"""
    return {seed: value + step * (seed % 3 - 1) for seed in SEEDS}


class Made(unittest.TestCase):
    """Claims that are analysed from sweeps as bnrun leaves them, whose errors are made up."""

    def setUp(self):
        scratch = tempfile.TemporaryDirectory()
        self.addCleanup(scratch.cleanup)
        self.scratch = Path(scratch.name)

    def sweep(self, name, points, seeds):
        """A Sweep of [(axes, error by epoch)]; an error of None has the run diverge."""
        (self.scratch / name).mkdir(exist_ok=True)
        rows = []
        for place, (axes, errors) in enumerate(points):
            for seed in seeds:
                run = self.scratch / name / f"{place}_{seed}"
                run.mkdir(exist_ok=True)
                reached = [error + 1e-5 * (seed % 3 - 1) for error in errors if error is not None]
                lines = [f"{epoch},{error},{error},1" for epoch, error in enumerate(reached, 1)]
                (run / "epochs.csv").write_text("\n".join(["epoch,test_error,validation_error,train_loss", *lines]) + "\n")
                last = "" if None in errors else reached[-1]
                rows.append({"run": run.name, "seed": seed, **axes, "status": "diverged" if None in errors else "done",
                             "test_error": last, "validation_error": last})
        names = list(dict.fromkeys(column for row in rows for column in row))
        lines = [",".join(names), *(",".join(str(row.get(column, "")) for column in names) for row in rows)]
        (self.scratch / name / "summary.csv").write_text("\n".join(lines) + "\n")
        return runs.Sweep(self.scratch / name)

    def analysed(self, number, decisive, selecting=None):
        """(the outcomes of the conditions, the Claim) of deciding and selecting points."""
        claim = kept.Claim(number)
        if selecting:
            claim.selection = self.sweep("select", selecting, SELECTING)
        folders.claims()[number].analysis().analyse(claim, self.sweep("decide", decisive, SEEDS))
        return {condition: cell.text for (condition, _), cell in claim.tables.get("conditions", {}).items()}, claim

    def variants(self, number, errors, first=0.1):
        """Of claims 5 to 8, from the nets' {net: last error} or {net: (first, last)}."""
        pairs = {net: error if isinstance(error, tuple) else (first, error) for net, error in errors.items()}
        decisive = [({"config": net + suffix}, list(pair)) for net, pair in pairs.items() for suffix in ("", "_post")]
        selecting = [({"config": net, RATE: rate}, list(pair)) for net, pair in pairs.items() for rate in (1e-4, 1e-3)]
        return self.analysed(number, decisive, selecting)


class Variants(Made):
    def gamma2(self, gamma2):
        found, claim = self.variants(5, {"learned": (0.08, 0.03), "gamma2": gamma2, "gamma1": 0.04, "sigmoid_x4": 0.05})
        return set(found.values()), claim.verdict[0]

    def test_gamma_2_must_be_better_in_the_end_and_after_one_epoch(self):
        self.assertEqual(({MET}, kept.HOLDS), self.gamma2((0.06, 0.02)))
        self.assertEqual(({MET, REFUTED}, kept.PARTLY), self.gamma2((0.06, 0.04)))
        self.assertEqual(({REFUTED}, kept.FAILS), self.gamma2((0.09, 0.04)))

    def sigmoid(self, with_bn, without):
        found, claim = self.variants(6, {"sigmoid_bn": with_bn, "gamma2_bn": 0.03, "relu_bn": 0.02, "prelu_bn": 0.02,
                                         "sigmoid_x4": without, "relu": 0.03})
        return list(found.values()), claim.verdict[0]

    def test_sigmoid_must_be_worse_with_bn_and_without(self):
        self.assertEqual(([MET] * 3, kept.HOLDS), self.sigmoid(0.03, 0.04))
        self.assertEqual(([MET, MET, REFUTED], kept.PARTLY), self.sigmoid(0.03, 0.02))
        self.assertEqual(([REFUTED] * 3, kept.FAILS), self.sigmoid(0.01, 0.02))

    def placed(self, after):
        nets = {f"{net}_{place}": 0.03 for net in ("prelu", "sigmoid") for place in ("before", "after")}
        return self.variants(7, {"relu_before": 0.03, "relu_after": after, **nets})[1].verdict[0]

    def test_bn_after_relu_must_be_better(self):
        self.assertEqual([kept.HOLDS, kept.FAILS], [self.placed(0.02), self.placed(0.04)])

    def learned(self, beta_only, gamma_only):
        found, claim = self.variants(8, {"both": 0.03, "beta_only": beta_only, "gamma_only": gamma_only, "neither": 0.03})
        return list(found.values()), claim.verdict[0]

    def test_gamma_must_do_nothing_and_beta_something(self):
        self.assertEqual(([MET, MET], kept.HOLDS), self.learned(0.031, 0.04))
        self.assertEqual(([REFUTED, REFUTED], kept.FAILS), self.learned(0.04, 0.02))

    def test_a_net_that_diverges_is_counted(self):
        _, claim = self.variants(7, {"relu_before": 0.03, "relu_after": None,
                                     **{f"{net}_{place}": 0.03 for net in ("prelu", "sigmoid") for place in ("before", "after")}})
        self.assertEqual("diverged, 10/10", str(claim.tables["errors"]["ReLU, BN after", OWN_BEST]))
        self.assertEqual("diverged, 3/3", str(claim.tables["selection"]["ReLU, BN after", "1e-4"]))
        self.assertAlmostEqual(87, claim.tables["differences"]["ReLU, BN after less ReLU, BN before", POST].value, 3)


class Rates(Made):
    def usable(self, limits):
        """Claim 9 of nets that can use the rates up to a limit."""
        points = [({"config": net, "train.optimizer.name": optimizer, RATE: rate}, [0.05 if rate <= limit else 0.9])
                  for net, limit in limits.items() for optimizer in ("rmsprop", "sgd") for rate in (0.1, 0.2, 0.4, 0.8)]
        found, claim = self.analysed(9, points)
        return list(dict.fromkeys(found.values())), claim

    def test_bn_must_take_a_higher_rate_in_more_seeds_than_by_chance(self):
        found, claim = self.usable({"sigmoid": 0, "sigmoid_x4": 0.1, "sigmoid_bn": 0.4, "relu": 0.1, "relu_bn": 0.4})
        self.assertEqual(([MET], kept.HOLDS), (found, claim.verdict[0]))
        self.assertEqual("2–8", claim.tables["higher"]["ReLU with BN against ReLU, sgd", "how many times as high"].text)
        found, claim = self.usable({"sigmoid": 0.2, "sigmoid_x4": 0.2, "sigmoid_bn": 0.1, "relu": 0.2, "relu_bn": 0.2})
        self.assertEqual(([REFUTED], kept.FAILS), (found, claim.verdict[0]))

    def deepest(self, depths):
        tried = (2, 5, 10)
        (self.scratch / "gradients").write_text("epoch,iteration,layer_1\n1,1,0.5\n")
        decisive = [({"config": f"{net}_{depth}"}, [0.1 if depth <= limit else 0.9]) for net, limit in depths.items() for depth in tried]
        selecting = [({"config": net, "model.depth": depth, RATE: 1e-4}, [0.1]) for net in depths for depth in tried]
        sweep = self.sweep("decide", decisive, SEEDS)
        for run in sweep.runs:
            (run.directory / "gradients.csv").write_text((self.scratch / "gradients").read_text())
        claim = kept.Claim(15)
        claim.selection = self.sweep("select", selecting, SELECTING)
        claim.choices = [choice.Choice("sigmoid_bn_10", {RATE: "1e-4"}, 0.1, "validation_error", 3, {})]
        folders.claims()[15].analysis().analyse(claim, sweep)
        return claim

    def test_bn_must_learn_in_deeper_nets(self):
        claim = self.deepest({"sigmoid": 2, "sigmoid_x4": 2, "sigmoid_bn": 10, "relu": 5, "relu_bn": 10})
        self.assertEqual((kept.HOLDS, "sigmoid with BN, 10"), (claim.verdict[0], claim.choices[0].base))
        self.assertEqual("5", claim.tables["deepest"]["ReLU", "deepest net that learns, layers"].text)
        self.assertEqual(kept.FAILS, self.deepest(dict.fromkeys(("sigmoid", "sigmoid_x4", "sigmoid_bn", "relu", "relu_bn"), 5)).verdict[0])


class Dropout(Made):
    def decided(self, none, best):
        nets = ("relu", "relu_bn", "sigmoid_bn", "sigmoid_x4")
        errors = {**{f"{net}_none": 0.05 for net in nets}, **{f"{net}_best": 0.04 for net in nets}}
        errors |= {f"{net}_bn_{suffix}": error for net in ("relu", "sigmoid") for suffix, error in (("none", none), ("best", best))}
        decisive = [({"config": config}, [error]) for config, error in errors.items()]
        selecting = [({"config": net, "model.dropout": dropout, RATE: rate}, [0.2, 0.05]) for net in nets
                     for dropout in (0, 0.1) for rate in (1e-4, 1e-3)]
        found, claim = self.analysed(10, decisive, selecting)
        self.assertEqual("2.0 ± 0.0", str(claim.tables["epochs"]["ReLU", "0.1"]))
        return list(dict.fromkeys(found.values())), claim.verdict[0]

    def test_bn_without_dropout_must_beat_the_best_without_bn(self):
        self.assertEqual(([MET], kept.HOLDS), self.decided(0.03, 0.03))
        self.assertEqual(([MET, REFUTED], kept.PARTLY), self.decided(0.03, 0.02))
        self.assertEqual(([REFUTED], kept.FAILS), self.decided(0.05, 0.03))

    def test_a_penalty_cannot_be_tested_with_ten_noisy_seeds(self):
        strengths = (0, 1e-5, 1e-4, 1e-3)
        points = [({"config": net, "train.l2": strength}, [0.04]) for net in ("relu", "relu_bn", "sigmoid_x4") for strength in strengths]
        claim, sweep = kept.Claim(11), self.sweep("decide", points, SEEDS)
        for place, run in enumerate(sweep.runs):
            noise = 0.02 if run.axes["config"] == "sigmoid_x4" else 0.002
            run.axes["test_error"] = str(0.04 + noise * (place * 7 % 11 - 5) / 5)
        folders.claims()[11].analysis().analyse(claim, sweep)
        deviation = claim.tables["power"]["deviation of a ReLU run's error, points", "figure"].value
        self.assertTrue(0.1 < deviation < 0.15, deviation)  # only the ReLU nets' deviation is that of what is decided
        self.assertEqual(kept.CANNOT, claim.verdict[0])


class Others(Made):
    def test_last_epoch_averages_are_a_warning(self):
        worse = {"last_epoch": 0.05, "moving_average": 0.03, "population": 0.03}
        points = [({"config": net, "model.batch_norm.inference": source, RATE: 4e-4}, [2 * error, error])
                  for net in ("sigmoid", "relu") for source, error in worse.items()]
        _, claim = self.analysed(13, points)
        self.assertEqual((kept.WARNING, 4.0), (claim.verdict[0], round(claim.verdict[2].value, 6)))

    def test_activations_must_leave_the_linear_part_with_gamma_and_beta(self):
        verdicts = []
        for learned, reach in ((0.96, 0.95), (0.975, 0.85)):
            claim = kept.Claim(4)
            inside = {"fixed": around(0.97), "learned": around(learned), "gamma2": around(0.7)}
            spread = {"fixed": around(0.9), "learned": around(reach), "gamma2": around(0.99)}
            folders.claims()[4].analysis()._decide(claim, *({**of, "learned_fast": of["learned"], "fixed_fast": of["fixed"]}
                                                            for of in (inside, spread)))
            verdicts.append(claim.verdict[0])
        self.assertEqual([kept.HOLDS, kept.FAILS], verdicts)

    def test_iterations_needed_are_those_of_a_mean_over_ten(self):
        (self.scratch / "iterations.csv").write_text(
            "epoch,iteration,loss,learning_rate\n" + "".join(f"1,{i},{0.5 if i <= 10 else 0.1},1\n" for i in range(1, 21)))
        run = runs.Run(self.scratch, {"seed": "1", "status": "done"})
        self.assertEqual(17, folders.claims()[12].analysis()._iterations_needed(run))  # 3 of 0.5 and 7 of 0.1: 0.22


if __name__ == "__main__":
    unittest.main()
