"""Claim 2: with BN every layer gets a gradient."""
import numpy

from ... import rules
from ...gradients import level, put_tables
from ...kept import FAILS, PARTLY, Cell
from ...paired import interval
from ...post_tables import FACTOR_TWO, distance


def analyse(claim, sweep):
    put_tables(claim, sweep, normalized=True)
    runs = sweep.select(config="one_epoch")
    near = interval([distance(run, True) for run in runs], ".3f")
    levels = numpy.array([level(run)[:-1] for run in runs])
    inside = ((10**levels.mean(axis=0) >= 0.1) & (10**levels.mean(axis=0) <= 0.3)).sum()
    claim.put("figures", "hidden layers with a norm from 0.1 to 0.3", "number", Cell(float(inside), ".0f"))
    ratio = interval([hidden.max() - hidden.min() for hidden in levels], ".2f")
    claim.put("figures", "largest against smallest hidden layer", "log10 of the ratio", ratio)
    conditions = {"distance below a factor of 2": rules.below(near, FACTOR_TWO),
                  "every hidden layer within 0.1 to 0.3": rules.fact(inside == levels.shape[1])}
    verdict = PARTLY if inside > levels.shape[1] / 2 and rules.verdict(conditions.values()) == FAILS else None
    rules.decide(claim, conditions, "distance to the post's table, decades", near, verdict)
