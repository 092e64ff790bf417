"""Claim 1: without BN the first layers get almost no gradient, and only the last three learn."""
from ... import rules
from ...gradients import deciding_runs, level, put_resets, put_tables, reset_rises
from ...kept import Cell
from ...paired import interval, mean
from ...post_tables import FACTOR_TWO, distance

LAST = 3  # "only the last three layers learn"
NOTHING = 1  # points of test error that a layer which has learned something is worth


def analyse(claim, sweep):
    put_tables(claim, sweep, normalized=False)
    runs = deciding_runs(sweep)
    near = interval([distance(run, False) for run in runs], ".3f")
    first = interval([level(run)[0] for run in runs], ".2f")
    share = mean(_share_of_last(run) for run in runs)
    claim.put("figures", "first layer", "log10 of the norm", first)
    claim.put("figures", "last three layers", "share of the squared norms", Cell(share, ".4f"))
    vanish = rules.both(rules.below(near, FACTOR_TWO), rules.within(first, -7, -6), rules.fact(share > 0.99))
    worth = {config: _worth_of_first(claim, sweep, config) for config in ("rmsprop", "sgd", "x4_rmsprop")}
    conditions = {"the gradients vanish": vanish,
                  "rmsprop: the first eight layers have learned nothing": rules.below(worth["rmsprop"], NOTHING),
                  "gradient descent: the first eight layers have learned nothing": rules.below(worth["sgd"], NOTHING)}
    rules.deciding(claim, "first layer's gradient norm, log10", first, -6, rules.DECADES, rules.SEEDS)
    rules.decide(claim, conditions, "rmsprop: what the initial values of one of the first eight layers cost at most, points",
                 worth["rmsprop"], margin=NOTHING, unit=rules.POINTS, kind=rules.SEEDS)


def _worth_of_first(claim, sweep, config):
    """How much the error rises at most with one of the first layers' initial values back, in points."""
    rises = reset_rises(sweep, config)
    put_resets(claim, config, rises)
    worth = interval([rise[:-LAST].max() for rise in rises.values()], "+.1f")
    claim.put("worth", {"rmsprop": "rmsprop", "sgd": "sgd", "x4_rmsprop": "rmsprop, 4x initial weights"}[config],
              "most that one of the first eight is worth, points", worth)
    return worth


def _share_of_last(run):
    squares = (10 ** level(run)) ** 2
    return squares[-LAST:].sum() / squares.sum()
