"""Claim 27: Ioffe and Szegedy's Figure 1: accuracy over steps, and how steady a sigmoid's input is."""
import numpy

from ... import rules
from ...kept import Cell
from ...observed import by_layer, observed_all
from ...paired import difference, mean, spread
from ...speed import curves, is_sooner, iterations_to, needed_text, sooner

BATCH, LAYER = 60, 3  # the last hidden layer's input, as in the figure
STEPS = (1000, 2000, 5000, 10000, 20000, 50000)
QUANTILES = ("15", "50", "85")
TARGET = 0.05
NAMES = {"sigmoid": "without BN", "sigmoid_x4": "without BN, 4x initial weights", "sigmoid_bn": "with BN"}


def analyse(claim, sweep):
    final, needed, moving = {}, {}, {}
    for config, name in NAMES.items():
        points = curves(sweep, BATCH, config=config)
        final[config] = {seed: curve[-1][1] for seed, curve in points.items()}
        needed[config] = {seed: iterations_to(curve, TARGET) for seed, curve in points.items()}
        horizon = max((curve[-1][0] for curve in points.values()), default=0)
        for step in STEPS:
            accuracy = [1 - dict(curve)[step] for curve in points.values() if step in dict(curve)]
            claim.put("accuracy", name, f"{step}", spread(accuracy, ".2f", 100))
        claim.put("steps", name, "steps to 95 % accuracy", Cell(text=needed_text(needed[config], horizon)))
        moving[config] = _put_quantiles(claim, name, [run for run in sweep.select(config=config) if not run.diverged])
    _decide(claim, final, needed, moving)


def _put_quantiles(claim, name, runs):
    """Keeps the three quantiles at some moments; gives {seed: their mean deviation over the ends of epochs}."""
    moving = {}
    shown = {}
    for run in runs:
        logged = observed_all(run, [f"input_q{quantile}" for quantile in QUANTILES])
        ends = [moment for moment in logged["input_q50"] if moment[1] == max(at for _, at in logged["input_q50"])]
        values = numpy.array([[by_layer(found, moment, LAYER)[-1] for moment in ends] for found in logged.values()])
        moving[run.seed] = float(values.std(axis=1).mean())
        for place, (epoch, _) in enumerate(ends):
            shown.setdefault(epoch, []).append(values[:, place])
    for epoch in (1, 2, 5, 10, 20, 50):
        for quantile, found in zip(QUANTILES, numpy.array(shown.get(epoch, [[]])).T):
            claim.put("quantiles", f"{name}, {quantile} %", f"epoch {epoch}", Cell(mean(found), ".2f"))
    return moving


def _decide(claim, final, needed, moving):
    conditions, deciding = {}, None
    for other in ("sigmoid", "sigmoid_x4"):
        row = f"with BN less {NAMES[other]}"
        error = difference(final["sigmoid_bn"], final[other], "+.2f", 100)
        first = sooner(needed["sigmoid_bn"], needed[other])
        steady = difference(moving["sigmoid_bn"], moving[other], "+.3f")
        claim.put("differences", row, "error after the last step, points", error)
        claim.put("differences", row, "sooner at 95 %: seeds", first)
        claim.put("differences", row, "quantiles' deviation over time", steady)
        conditions |= {f"{row}: lower error in the end": rules.below(error),
                       f"{row}: sooner at 95 %": is_sooner(first),
                       f"{row}: the input's quantiles are steadier": rules.below(steady)}
        deciding = deciding or error
    for config, name in NAMES.items():
        claim.put("steady", name, "quantiles' deviation over time", spread(moving[config].values(), ".3f"))
    rules.decide(claim, conditions, "test error after 50,000 steps, with BN less without, points", deciding,
                 unit=rules.POINTS)
