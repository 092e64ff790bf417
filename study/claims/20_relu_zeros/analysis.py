"""Claim 20: without beta half of a ReLU layer's outputs are zero, with beta the net chooses."""
import numpy

from ... import rules
from ...kept import Cell
from ...observed import by_layer, observed
from ...paired import difference, interval, mean, spread
from ...runs import rate_text

LAYERS, HALF = 10, 50
RATE_OF_RULE = 4e-4
NEAR = 5  # points from one half that count as half
CHOSEN = 2  # points by which shares must be farther from one half where beta is learned
NAMES = {"relu": "ReLU without BN", "relu_bn": "beta learned", "relu_bn_no_beta": "beta fixed at 0"}


def analyse(claim, sweep):
    shares, far = {}, {}
    for config, name in NAMES.items():
        for rate in sweep.numbers("learning_rate"):
            runs = [run for run in sweep.select(config=config, learning_rate=rate) if not run.diverged]
            logged = {run.seed: observed(run, "zero") for run in runs}
            row = f"{name}, {rate_text(rate)}"
            for moment in next(iter(logged.values()), {}):
                layers = {seed: 100 * by_layer(found, moment, LAYERS) for seed, found in logged.items()}
                claim.put("zeros", row, f"{moment[0]}:{moment[1]}",
                          spread([found.mean() for found in layers.values()], ".1f"))
            for layer in range(LAYERS):
                claim.put("layers", row, f"{layer + 1}", Cell(mean(found[layer] for found in layers.values()), ".1f"))
            claim.put("errors", row, "test error, %", spread([run.test_error for run in runs], ".2f", 100))
            if rate == RATE_OF_RULE:  # `layers` are those of the last moment
                shares[config] = {seed: float(found.mean()) for seed, found in layers.items()}
                far[config] = {seed: float(numpy.abs(found - HALF).mean()) for seed, found in layers.items()}
    _decide(claim, shares, far)


def _decide(claim, shares, far):
    fixed = interval(shares["relu_bn_no_beta"].values(), ".1f")
    farther = difference(far["relu_bn"], far["relu_bn_no_beta"], "+.1f")
    claim.put("figures", "beta fixed at 0", "share of zeros, %", fixed)
    for config, name in NAMES.items():
        claim.put("figures", name, "layers' distance from one half, points", interval(far[config].values(), ".1f"))
    claim.put("figures", "beta learned less fixed", "layers' distance from one half, points", farther)
    conditions = {"beta fixed at 0: half of the outputs are zero": rules.within(fixed, HALF - NEAR, HALF + NEAR),
                  "beta learned: layers' shares are farther from one half": rules.above(farther, CHOSEN)}
    rules.decide(claim, conditions, "layers' distance from one half of zeros, beta learned less fixed, points", farther,
                 margin=CHOSEN, unit=rules.POINTS)
