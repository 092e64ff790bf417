"""Claim 12: preprocessing step by step, and how first-layer hyperplanes cut the data."""
import math

import numpy

from ... import rules
from ...nets import preprocessed, read_model, smaller_sides
from ...paired import difference, spread

LOSS = 0.5
WINDOW = 10  # logged rows in the running mean of the loss
IMAGES = 10000
SMALLEST = 0.05  # of the images on a hyperplane's smaller side
STEPS = (("none", "center"), ("center", "zscore"), ("zscore", "zca"))
NETS = {"relu1": "ReLU, 1 layer", "relu10": "ReLU, 10 layers", "relu10_bn": "ReLU with BN, 10 layers",
        "sigmoid10_bn": "sigmoid with BN, 10 layers"}


def analyse(claim, sweep):
    faster = {}
    for config, name in NETS.items():
        reached = {}
        for scheme in sweep.values("preprocess"):
            needed = sweep.by_seed(_iterations_needed, config=config, preprocess=scheme)
            claim.put("iterations", name, scheme, spread(needed.values(), ".0f"))
            errors = [run.test_error for run in sweep.select(config=config, preprocess=scheme)]
            claim.put("errors", name, scheme, spread(errors, ".2f", 100))
            reached[scheme] = {seed: math.log10(count) for seed, count in needed.items()}
        for before, after in STEPS:
            step = difference(reached[after], reached[before], "+.3f")
            claim.put("steps", name, f"{before} to {after}", step)
            faster[config, after] = step
    conditions = {f"fewer iterations: {NETS[config]}, {before} to {after}": rules.below(faster[config, after])
                  for config in ("relu1", "relu10") for before, after in STEPS}
    conditions["hyperplanes cut more often after each step"] = _put_hyperplanes(claim, sweep)
    rules.decide(claim, conditions, "centring's effect on the iterations needed, ReLU, 10 layers, log10",
                 faster["relu10", "center"], partly=4)


def _iterations_needed(run):
    """The iteration at which the running mean of the loss is first at most LOSS; one past the last if it never is."""
    losses = run.iterations["loss"]
    means = numpy.convolve(losses, numpy.ones(WINDOW) / WINDOW, "valid")
    below = numpy.flatnonzero(means <= LOSS)
    every = run.iterations["iteration"][1] - run.iterations["iteration"][0]
    return float(every * (below[0] + WINDOW if len(below) else len(losses) + 1))


def _put_hyperplanes(claim, sweep):
    """Keeps how evenly initial hyperplanes cut the data; and says whether each step makes more of them cut it."""
    models = {run.seed: read_model(run) for run in sweep.select(config="initial", preprocess="none")}
    cutting = {}
    for scheme in sweep.values("preprocess"):
        images = preprocessed(scheme, IMAGES)
        smaller = {seed: smaller_sides(model["layers.0.weight"], model["layers.0.bias"], images)
                   for seed, model in models.items()}
        cutting[scheme] = {seed: float((sides >= SMALLEST).mean()) for seed, sides in smaller.items()}
        claim.put("hyperplanes", "units whose hyperplane splits 95:5 or evener, %", scheme,
                  spread(cutting[scheme].values(), ".1f", 100))
        claim.put("hyperplanes", "images on the smaller side, mean over units, %", scheme,
                  spread([sides.mean() for sides in smaller.values()], ".1f", 100))
    return rules.both(*(rules.above(difference(cutting[after], cutting[before])) for before, after in STEPS))
