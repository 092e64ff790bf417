"""Claim 12: preprocessing step by step, each at its best rate, and how first-layer hyperplanes cut the data."""
import math

import numpy

from ... import rules
from ...nets import preprocessed, read_model, smaller_sides
from ...paired import difference, spread
from ...variants import error_cell, name_choices

LOSS = 0.25
WINDOW = 10  # iterations in the running mean of the loss
IMAGES = 10000
SMALLEST = 0.05  # of the images on a hyperplane's smaller side
SCHEMES = ("none", "center", "zscore", "pca", "zca")
STEPS = (("none", "center"), ("center", "zscore"), ("zscore", "zca"))
DECIDING = ("relu1", "relu1_sgd", "relu10")
NETS = {"relu1": "ReLU, 1 layer", "relu1_sgd": "ReLU, 1 layer, sgd", "relu10": "ReLU, 10 layers",
        "relu10_bn": "ReLU with BN, 10 layers", "sigmoid10_bn": "sigmoid with BN, 10 layers"}


def analyse(claim, sweep):
    name_choices(claim, {f"{config}_{scheme}": f"{name}, {scheme}" for config, name in NETS.items() for scheme in SCHEMES})
    faster = {}
    for config, name in NETS.items():
        reached = {}
        for scheme in SCHEMES:
            runs = sweep.select(config=f"{config}_{scheme}")
            needed = {run.seed: _iterations_needed(run) for run in runs}
            claim.put("iterations", name, scheme, spread(needed.values(), ".0f"))
            claim.put("errors", name, scheme, error_cell(runs))
            reached[scheme] = {seed: math.log10(count) for seed, count in needed.items()}
        for before, after in STEPS:
            step = difference(reached[after], reached[before], "+.3f")
            claim.put("steps", name, f"{before} to {after}", step)
            faster[config, after] = step
    conditions = {f"fewer iterations: {NETS[config]}, {before} to {after}": rules.below(faster[config, after])
                  for config in DECIDING for before, after in STEPS}
    conditions["hyperplanes cut more often after each step"] = _put_hyperplanes(claim, sweep)
    for before, after in STEPS[1:]:
        rules.deciding(claim, f"{before} to {after}: iterations needed, ReLU, 10 layers, log10", faster["relu10", after],
                       unit=rules.DECADES)
    rules.decide(claim, conditions, "none to center: iterations needed, ReLU, 10 layers, log10", faster["relu10", "center"],
                 partly=len(conditions) // 2, unit=rules.DECADES)


def _iterations_needed(run):
    """The iteration at which the running mean of the loss is first at most LOSS; one past the last if it never is."""
    losses = run.iterations["loss"]
    means = numpy.convolve(losses, numpy.ones(WINDOW) / WINDOW, "valid")
    below = numpy.flatnonzero(means <= LOSS)
    return float(below[0] + WINDOW if len(below) else len(losses) + 1)


def _put_hyperplanes(claim, sweep):
    """Keeps how evenly initial hyperplanes cut the data; and says whether each step makes more of them cut it."""
    models = {run.seed: read_model(run) for run in sweep.select(config="initial")}
    cutting = {}
    for scheme in SCHEMES:
        images = preprocessed(scheme, IMAGES)
        smaller = {seed: smaller_sides(model["layers.0.weight"], model["layers.0.bias"], images)
                   for seed, model in models.items()}
        cutting[scheme] = {seed: float((sides >= SMALLEST).mean()) for seed, sides in smaller.items()}
        claim.put("hyperplanes", "units whose hyperplane splits 95:5 or evener, %", scheme,
                  spread(cutting[scheme].values(), ".1f", 100))
        claim.put("hyperplanes", "images on the smaller side, mean over units, %", scheme,
                  spread([sides.mean() for sides in smaller.values()], ".1f", 100))
    return rules.both(*(rules.above(difference(cutting[after], cutting[before])) for before, after in STEPS))
