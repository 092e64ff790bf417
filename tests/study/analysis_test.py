"""That the study's statistics and readings are right on cases worked by hand. Needs numpy and scipy."""
import math
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    import numpy
    from study import folders, kept, nets, paired, post_tables, resets, rules, runs, variants
except ImportError as missing:
    print(f"analysis_test: SKIPPED: {missing}; apt-get install python3-numpy python3-scipy")
    sys.exit(77)


class Paired(unittest.TestCase):
    def test_interval_is_students(self):
        cell = paired.interval([1, 2, 3, 4, 5])
        half = 2.7764451 * math.sqrt(2.5 / 5)  # t of 4 degrees of freedom at 97.5 %
        self.assertAlmostEqual(3 - half, cell.low, 6)
        self.assertAlmostEqual(3 + half, cell.high, 6)

    def test_difference_takes_the_seeds_that_both_have(self):
        cell = paired.difference({1: 5.0, 2: 7.0, 3: 100.0}, {1: 4.0, 2: 6.0, 4: 0.0})
        self.assertEqual((1.0, 1.0, 1.0, 2), (cell.value, cell.low, cell.high, cell.n))

    def test_one_seed_decides_nothing(self):
        cell = paired.interval([1.0])
        self.assertEqual((-math.inf, math.inf), (cell.low, cell.high))

    def test_more_comparisons_widen_the_interval(self):
        self.assertLess(paired.interval([1, 2, 4], comparisons=5).low, paired.interval([1, 2, 4]).low)


class Rules(unittest.TestCase):
    def outcomes(self, low, high):
        cell = kept.Cell((low + high) / 2, low=low, high=high)
        return rules.above(cell), rules.below(cell), rules.within(cell, -1, 1), rules.differs(cell)

    def test_an_interval_meets_refutes_or_leaves_open(self):
        met, no, unknown = rules.MET, rules.REFUTED, rules.UNDECIDED
        self.assertEqual((met, no, met, met), self.outcomes(0.5, 0.9))
        self.assertEqual((no, met, met, met), self.outcomes(-0.9, -0.5))
        self.assertEqual((unknown, unknown, met, unknown), self.outcomes(-0.5, 0.5))
        self.assertEqual((met, no, unknown, met), self.outcomes(0.5, 1.5))
        self.assertEqual((met, no, no, met), self.outcomes(1.5, 2))
        self.assertEqual((unknown, unknown, unknown, unknown), self.outcomes(-math.inf, math.inf))
        self.assertEqual((no, no, met, unknown), self.outcomes(0, 0))

    def test_a_verdict_counts_what_is_met(self):
        met, no, unknown = rules.MET, rules.REFUTED, rules.UNDECIDED
        self.assertEqual(kept.HOLDS, rules.verdict([met, met]))
        self.assertEqual(kept.PARTLY, rules.verdict([met, no]))
        self.assertEqual(kept.FAILS, rules.verdict([met, no, no], partly=2))
        self.assertEqual((no, unknown, met), (rules.both(met, unknown, no), rules.both(met, unknown), rules.both(met)))

    def test_what_nothing_refutes_is_open(self):
        for outcomes, is_open in (("mm", False), ("mu", True), ("uu", True), ("un", False), ("nn", False)):
            claim = kept.Claim(7)
            words = {"m": rules.MET, "u": rules.UNDECIDED, "n": rules.REFUTED}
            rules.decide(claim, {f"{i}": words[letter] for i, letter in enumerate(outcomes)}, "figure", kept.Cell(1.0))
            self.assertEqual(is_open, rules.is_open(claim), outcomes)


class Post(unittest.TestCase):
    class Run:
        def __init__(self, factor):
            table = post_tables.post_table(True)
            rows = numpy.array([(1, iteration) for iteration in table])
            self.gradients = rows, factor * numpy.array(list(table.values()))

    def test_distance_is_the_log_of_a_common_factor(self):
        self.assertEqual(0, post_tables.distance(self.Run(1), True))
        self.assertAlmostEqual(1, post_tables.distance(self.Run(0.1), True))

    def test_a_vanished_norm_is_infinitely_far(self):
        self.assertEqual(math.inf, post_tables.distance(self.Run(0), True))


class Nets(unittest.TestCase):
    def test_smaller_sides_of_hyperplanes(self):
        images = numpy.array([[0.0], [1.0], [2.0], [3.0]])
        sides = nets.smaller_sides(numpy.array([[1.0], [1.0]]), numpy.array([-0.5, -9.0]), images)
        self.assertEqual([0.25, 0.0], list(sides))

    def test_activations_are_normalized_over_the_images(self):
        one = numpy.array([1.0])
        model = {"layers.0.weight": numpy.array([[2.0]]), "layers.0.gamma": 3 * one, "layers.0.beta": one,
                 "layers.1.weight": numpy.array([[1.0]])}
        outputs, = nets.sigmoid_activations(model, numpy.array([[0.0], [1.0]]))
        self.assertAlmostEqual(1 / (1 + math.exp(2)), outputs[0, 0], 6)  # 3 * -1 + 1
        self.assertAlmostEqual(1 / (1 + math.exp(-4)), outputs[1, 0], 6)


class Claims(unittest.TestCase):
    def test_every_claim_has_its_analysis(self):
        for claim in folders.claims().values():
            self.assertTrue(callable(claim.analysis().analyse), claim.name)


class ErrorAfterAnEpoch(unittest.TestCase):
    def run_with(self, status, errors):
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        rows = "".join(f"{epoch},1,{error}\n" for epoch, error in enumerate(errors, 1))
        (Path(directory.name) / "epochs.csv").write_text("epoch,train_loss,test_error\n" + rows)
        last = str(errors[-1]) if status == "done" else ""
        return runs.Run(Path(directory.name), {"seed": "1", "status": status, "test_error": last})

    def test_a_run_that_diverged_later_has_the_error_of_its_first_epoch(self):
        later, at_once = self.run_with("diverged", [0.25, 0.5]), self.run_with("diverged", [])
        places = (variants.FIRST, variants.LAST)
        self.assertEqual([0.25, 0.9], [variants.error_after(later, epoch) for epoch in places])
        self.assertEqual([0.9, 0.9], [variants.error_after(at_once, epoch) for epoch in places])
        self.assertEqual([0.25, 0.5], [variants.error_after(self.run_with("done", [0.25, 0.5]), epoch) for epoch in places])


class Resets(unittest.TestCase):
    def test_only_a_layer_that_learned_is_worth_something(self):
        one = numpy.array([[1.0]])
        trained = {"layers.0.weight": 8 * one, "layers.0.bias": -4 * one[0],
                   "layers.1.weight": numpy.array([[-1.0], [1.0]]), "layers.1.bias": numpy.array([0.5, -0.5])}
        images, labels = numpy.array([[0.0], [1.0]]), numpy.array([0, 1])
        initial = {**trained, "layers.0.weight": -8 * one, "layers.0.bias": 4 * one[0]}
        self.assertEqual([100, 0], list(resets.rises_of(trained, initial, images, images, labels)))

    def test_batch_normalization_takes_its_statistics_again(self):
        one = numpy.array([[1.0]])
        trained = {"layers.0.weight": one, "layers.0.bias": one[0], "layers.0.gamma": one[0], "layers.0.beta": 0 * one[0],
                   "layers.1.weight": numpy.array([[-1.0], [1.0]]), "layers.1.bias": numpy.array([0.5, -0.5])}
        images, labels = numpy.array([[0.0], [1.0]]), numpy.array([0, 1])
        initial = {**trained, "layers.0.weight": 9 * one}  # the scale before BN changes nothing
        self.assertEqual([0, 0], list(resets.rises_of(trained, initial, images, images, labels)))


class HyperParameters(unittest.TestCase):
    def setUp(self):
        self.analysis = folders.claims()[3].analysis()
        random = numpy.random.default_rng(1)
        self.tables = {setting: tuple(centre + random.standard_normal((20, 5, 11)) for _ in range(2))
                       for setting, centre in (("near", 0.0), ("far", 1.0))}

    def test_the_energy_score_is_smallest_where_the_post_comes_from(self):
        scores = self.analysis.scores_of(self.tables, [numpy.zeros((5, 11))] * 2)
        self.assertLess(scores["near"], scores["far"])

    def test_the_energy_score_is_that_of_its_formula(self):
        logs = numpy.array([0.0, 1.0, 3.0]).reshape(3, 1, 1)
        score, = self.analysis.scores_of({"one": (logs, logs)}, [numpy.array([[2.0]])] * 2).values()
        self.assertAlmostEqual(2 * ((2 + 1 + 1) / 3 - (1 + 3 + 2) / 3 / 2), score)

    def test_a_draw_is_scored_by_the_other_seeds(self):
        logs = numpy.array([0.0, 1.0, 3.0]).reshape(3, 1, 1)
        found = self.analysis._without_itself(self.analysis._apart(logs, logs))
        self.assertAlmostEqual((1 + 3) / 2 - 2 / 2, found[0])

    def test_the_true_setting_is_hardly_ever_beaten(self):
        self.assertGreaterEqual((self.analysis.excess_of_draws(self.tables, "near") == 0).mean(), 0.9)


class Usable(unittest.TestCase):
    def setUp(self):
        self.analysis = folders.claims()[9].analysis()

    def test_the_highest_usable_rate_of_each_seed(self):
        errors = {0.1: {1: 0.05, 2: 0.5}, 0.2: {1: 0.19, 2: 0.5}, 0.4: {1: 0.21, 2: 0.5}}
        self.assertEqual({1: 0.2, 2: None}, self.analysis._highest(errors, 0.2))
        self.assertEqual("0.2 (1/2)", self.analysis._range([0.2, None]))
        self.assertEqual("none", self.analysis._range([None]))

    def test_a_ratio_has_the_bounds_that_the_grid_gives(self):
        rates = [1.0, 2.0, 4.0, 8.0]
        self.assertEqual("1–4", self.analysis._times({1: 4.0}, {1: 2.0}, rates))
        self.assertEqual("≥ 2", self.analysis._times({1: 8.0}, {1: 2.0}, rates))
        self.assertEqual("none without BN", self.analysis._times({1: 8.0}, {1: None}, rates))
        self.assertEqual([False, True, True, False],
                         [self.analysis._above(*pair) for pair in ((None, None), (1.0, None), (2.0, 1.0), (1.0, 1.0))])


class Power(unittest.TestCase):
    def test_a_larger_dip_is_found_more_often(self):
        power = [folders.claims()[11].analysis().simulated_power(dip, 0.17, numpy.arange(-6, -2.5, 0.5), 10)
                 for dip in (0.0, 3.0)]
        self.assertLess(power[0], 0.1)
        self.assertGreater(power[1], 0.9)


class Depth(unittest.TestCase):
    def test_the_deepest_net_below_which_all_learn(self):
        errors = {2: {1: 0.1, 2: 0.6}, 5: {1: 0.9, 2: 0.1}, 10: {1: 0.1, 2: 0.1}}
        self.assertEqual({1: 2, 2: 0}, folders.claims()[15].analysis().deepest_of(errors))


class Kept(unittest.TestCase):
    def test_a_claim_reads_back_as_it_was_written(self):
        claim = kept.Claim(7)
        claim.put("errors", "a, b", "1", kept.Cell(0.25, ".2f", sd=0.125, n=5))
        claim.decide(kept.HOLDS, "difference", kept.Cell(-0.5, "+.1f", low=-0.75, high=-0.25, n=5))
        with tempfile.TemporaryDirectory() as directory:
            kept.write(claim, directory)
            self.assertEqual(claim.tables, kept.read(7, directory).tables)

    def test_cells_as_printed(self):
        self.assertEqual("0.25 ± 0.12", str(kept.Cell(0.25, ".2f", sd=0.12)))
        self.assertEqual("-0.5 [-0.8, 0.0]", str(kept.Cell(-0.5, "+.1f", low=-0.8, high=0.01)))
        self.assertEqual("0.0 [0.0, 0.0]", str(kept.Cell(0.0, "+.1f", low=0.0, high=0.0)))

    def test_no_end_of_an_interval_without_zero_is_printed_as_zero(self):
        self.assertEqual("-0.50 [-0.80, -0.01]", str(kept.Cell(-0.5, "+.1f", low=-0.8, high=-0.01)))
        self.assertEqual("0.009 [0.003, 0.015]", str(kept.Cell(0.009, ".2f", low=0.00273637, high=0.01526363)))

    def test_learning_rates_as_the_configs_write_them(self):
        self.assertEqual(["4e-5", "0.01", "0"], [runs.rate_text(rate) for rate in (4e-5, 0.01, 0.0)])


if __name__ == "__main__":
    unittest.main()
