"""That iterations to an error are counted right on curves worked by hand. Needs numpy."""
import math
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

try:
    import numpy
    from study import rules, speed
except ImportError as missing:
    print(f"speed_test: SKIPPED: {missing}; apt-get install python3-numpy python3-scipy")
    sys.exit(77)


class Run:
    def __init__(self, seed, images, errors, diverged=False):
        self.seed, self.diverged = seed, diverged
        self.axes = {"data.train_samples": str(images)}
        self.epochs = {"test_error": numpy.array(errors)}


class Sweep:
    def __init__(self, runs):
        self.runs = runs

    def select(self, **_):
        return self.runs


class Speed(unittest.TestCase):
    def test_short_runs_and_epochs_make_one_curve_of_a_seed(self):
        runs = [Run(1, 60000, [0.2, 0.1]), Run(1, 2000, [0.8]), Run(1, 4100, [0.5]), Run(2, 2000, [0.7]),
                Run(2, 60000, [0.1], diverged=True)]
        self.assertEqual({1: [(10, 0.8), (21, 0.5), (300, 0.2), (600, 0.1)], 2: [(10, 0.7)]}, speed.curves(Sweep(runs)))

    def test_logarithms_are_straight_between_two_points(self):
        curve = [(10, 0.8), (40, 0.2), (400, 0.02)]
        self.assertAlmostEqual(20, speed.iterations_to(curve, 0.4))  # half of the way in both logarithms
        self.assertEqual(40, speed.iterations_to(curve, 0.2))
        self.assertAlmostEqual(40 * 10**0.5, speed.iterations_to(curve, 0.2 / 10**0.5))

    def test_the_first_time_counts_and_the_ends_have_no_line(self):
        self.assertEqual(10, speed.iterations_to([(10, 0.1), (20, 0.5)], 0.2))
        self.assertAlmostEqual(20, speed.iterations_to([(10, 0.4), (20, 0.1), (40, 0.4), (80, 0.1)], 0.1))
        self.assertEqual(speed.NEVER, speed.iterations_to([(10, 0.4), (20, 0.3)], 0.1))
        self.assertEqual(20, speed.iterations_to([(10, 0.4), (20, 0.0)], 0.1))

    def test_seeds_that_do_not_differ_are_left_out(self):
        first, second = {1: 10.0, 2: 30.0, 3: math.inf, 4: 5.0, 5: 1.0}, {1: 20.0, 2: 20.0, 3: math.inf, 4: math.inf}
        cell = speed.sooner(first, second)
        self.assertEqual((2, 3), (cell.value, cell.n))

    def test_nine_of_ten_are_enough_and_no_seed_is_no_outcome(self):
        outcomes = [speed.is_sooner(speed.sooner({seed: 1.0 for seed in range(10)},
                                                 {seed: 2.0 if seed < wins else 0.5 for seed in range(10)}))
                    for wins in (1, 8, 9, 10)]
        self.assertEqual([rules.REFUTED, rules.UNDECIDED, rules.MET, rules.MET], outcomes)
        self.assertEqual(rules.UNDECIDED, speed.is_sooner(speed.sooner({1: math.inf}, {1: math.inf})))

    def test_what_is_not_reached_counts_as_the_horizon(self):
        self.assertEqual({1: 2.0, 2: 3.0}, speed.logarithms({1: 100.0, 2: math.inf}, 1000))

    def test_as_printed(self):
        self.assertEqual("20 (10 to 40)", speed.needed_text({1: 40.0, 2: 10.0, 3: 20.0}, 100))
        self.assertEqual("30 (10 to > 100)", speed.needed_text({1: 40.0, 2: 10.0, 3: 20.0, 4: math.inf}, 100))
        self.assertEqual("> 100 (10 to > 100)", speed.needed_text({1: 10.0, 2: math.inf, 3: math.inf}, 100))
        self.assertEqual("> 100", speed.needed_text({1: math.inf}, 100))


if __name__ == "__main__":
    unittest.main()
