"""Claim 19: whether layers want different learning rates, and whether BN makes these alike."""
import numpy

from ... import rules
from ...kept import Cell
from ...observed import NETS, observed
from ...paired import difference, mean, spread

PAIRS = (("sigmoid_bn", "sigmoid"), ("sigmoid_bn", "sigmoid_x4"), ("relu_bn", "relu"))
FIRST, LAST = "first iteration", "last iteration"


def analyse(claim, sweep):
    unlike, steepest = {}, {}
    for config in sweep.values("config"):
        logged = {run.seed: observed(run, "curvature") for run in sweep.select(config=config)}
        moments = list(next(iter(logged.values()), {}))
        for moment, words in ((moments[0], FIRST), (moments[-1], LAST)):
            levels = {seed: numpy.log10(numpy.abs(list(found[moment].values()))) for seed, found in logged.items()}
            unlike[config, words] = {seed: float(level.max() - level.min()) for seed, level in levels.items()}
            steepest[config, words] = {seed: float(level.max()) for seed, level in levels.items()}
            row = f"{NETS[config]}, {words}"
            for layer in range(len(next(iter(levels.values())))):
                claim.put("curvature", row, f"{layer + 1}", Cell(mean(level[layer] for level in levels.values()), ".1f"))
            claim.put("summary", row, "layers apart, decades", spread(unlike[config, words].values(), ".2f"))
            claim.put("summary", row, "largest, log10", spread(steepest[config, words].values(), ".2f"))
    _decide(claim, unlike, steepest)


def _decide(claim, unlike, steepest):
    conditions, deciding = {}, None
    for first, second in PAIRS:
        row = f"{NETS[first]} less {NETS[second]}"
        nearer = difference(unlike[first, LAST], unlike[second, LAST], "+.2f")
        flatter = difference(steepest[first, LAST], steepest[second, LAST], "+.2f")
        claim.put("differences", row, "layers apart, decades", nearer)
        claim.put("differences", row, "largest, decades", flatter)
        conditions[f"{row}: layers are less far apart"] = rules.below(nearer)
        conditions[f"{row}: the largest curvature is smaller"] = rules.below(flatter)
        deciding = nearer if first == "relu_bn" else deciding
    rules.decide(claim, conditions, "how far apart layers' curvatures are, ReLU with BN less without, decades", deciding,
                 unit=rules.DECADES)
