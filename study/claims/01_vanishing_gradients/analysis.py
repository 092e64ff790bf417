"""Claim 1: without BN the first layers get almost no gradient."""
from ... import rules
from ...gradients import level, put_tables, weight_changes
from ...kept import Cell
from ...paired import interval, mean
from ...post_tables import FACTOR_TWO, distance

LAST = 3  # "only the last three layers learn"


def analyse(claim, sweep):
    put_tables(claim, sweep, normalized=False)
    runs = sweep.select(config="one_epoch")
    near = interval([distance(run, False) for run in runs], ".3f")
    first = interval([level(run)[0] for run in runs], ".2f")
    share = mean(_share_of_last(run) for run in runs)
    claim.put("figures", "first layer", "log10 of the norm", first)
    claim.put("figures", "last three layers", "share of the squared norms", Cell(share, ".4f"))
    moved = {run.seed: weight_changes(run, sweep) for run in runs}
    ratio = interval([change[0] / change[-LAST:].mean() for change in moved.values()], ".2f")
    claim.put("figures", "first layer against the last three", "change of weights", ratio)
    vanish = rules.both(rules.below(near, FACTOR_TWO), rules.within(first, -7, -6), rules.fact(share > 0.99))
    conditions = {"the gradients vanish": vanish, "only the last three layers learn": rules.below(ratio, 0.1)}
    rules.decide(claim, conditions, "first layer's gradient norm, log10", first)


def _share_of_last(run):
    squares = (10 ** level(run)) ** 2
    return squares[-LAST:].sum() / squares.sum()
