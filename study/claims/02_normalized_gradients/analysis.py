"""Claim 2: with BN every layer gets a gradient."""
import numpy

from ... import rules
from ...gradients import X4, deciding_runs, level, put_resets, put_tables, reset_rises
from ...kept import FAILS, PARTLY, Cell
from ...paired import interval
from ...post_tables import FACTOR_TWO, distance

BOUNDS = 0.1, 0.3


def analyse(claim, sweep):
    put_tables(claim, sweep, normalized=True)
    put_resets(claim, "rmsprop", reset_rises(sweep, "rmsprop"))
    runs = deciding_runs(sweep)
    near = interval([distance(run, True) for run in runs], ".3f")
    inside, layers = _put_levels(claim, "with BN", runs)
    _put_levels(claim, X4, deciding_runs(sweep, "x4"))
    conditions = {"distance below a factor of 2": rules.below(near, FACTOR_TWO),
                  "every hidden layer within 0.1 to 0.3": rules.fact(inside == layers)}
    verdict = PARTLY if inside > layers / 2 and rules.verdict(conditions.values()) == FAILS else None
    rules.decide(claim, conditions, "distance to the post's table, decades", near, verdict, margin=FACTOR_TWO,
                 unit=rules.DECADES, kind=rules.SEEDS)


def _put_levels(claim, name, runs):
    """Keeps, and gives, how many hidden layers have a norm from 0.1 to 0.3; and how many there are."""
    levels = numpy.array([level(run)[:-1] for run in runs])
    norms = 10 ** levels.mean(axis=0)
    inside = int(((norms >= BOUNDS[0]) & (norms <= BOUNDS[1])).sum())
    claim.put("figures", name, "hidden layers with a norm from 0.1 to 0.3", Cell(float(inside), ".0f"))
    ratio = interval([hidden.max() - hidden.min() for hidden in levels], ".2f")
    claim.put("figures", name, "largest against smallest hidden layer, log10", ratio)
    return inside, levels.shape[1]
