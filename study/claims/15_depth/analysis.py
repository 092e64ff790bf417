"""Claim 15, beyond the post: how deep a net may be with BN and without."""
import math

import numpy

from ... import rules
from ...kept import Cell
from ...paired import difference, mean, spread
from ...runs import rate_text, test_error
from ...strengths import NAMES

LEARNS = 0.5  # test error


def analyse(claim, sweep):
    rates = sweep.numbers("learning_rate")
    deepest = {}
    for config in sweep.values("config"):
        reached = {}
        for layers in sweep.numbers("depth"):
            best = min(rates, key=lambda rate: mean(_errors(sweep, config, layers, rate).values()))
            errors = _errors(sweep, config, layers, best)
            claim.put("errors", NAMES[config], f"{layers:.0f}", spread(errors.values(), ".1f", 100))
            claim.put("rates", NAMES[config], f"{layers:.0f}", Cell(text=rate_text(best)))
            norms = sweep.by_seed(_first_norm, config=config, depth=layers, learning_rate=rates[0])
            claim.put("norms", NAMES[config], f"{layers:.0f}", spread(norms.values(), ".1f"))
            reached[layers] = {seed for seed, error in errors.items() if error <= LEARNS}
        deepest[config] = _deepest(reached, {run.seed for run in sweep.select(config=config)})
        claim.put("deepest", NAMES[config], "deepest net that learns, layers", spread(deepest[config].values(), ".0f"))
    gains = {plain: difference(_logs(deepest[plain + "_bn"]), _logs(deepest[plain]), "+.2f")
             for plain in ("sigmoid", "relu")}
    for plain, gain in gains.items():
        claim.put("deepest", NAMES[plain + "_bn"], "log10 against without BN", gain)
    rules.decide(claim, {f"deeper with BN: {NAMES[plain]}": rules.above(gain) for plain, gain in gains.items()},
                 "deepest sigmoid net that learns, with BN against without, log10", gains["sigmoid"])


def _errors(sweep, config, layers, rate):
    return sweep.by_seed(test_error, config=config, depth=layers, learning_rate=rate)


def _deepest(reached, seeds):
    """{seed: the depth up to which every net learns}; 1 where not even the shallowest does."""
    found = dict.fromkeys(sorted(seeds), 1.0)
    going = set(seeds)
    for layers in sorted(reached):
        going &= reached[layers]
        found.update(dict.fromkeys(going, layers))
    return found


def _logs(depths):
    return {seed: math.log10(layers) for seed, layers in depths.items()}


def _first_norm(run):
    """log10 of the geometric mean of the first layer's gradient norm over the epoch; below 1e-45 it counts as that."""
    norms = run.gradients[1][:, 0]
    norms = norms[numpy.isfinite(norms)]
    return float(numpy.log10(numpy.maximum(norms, 1e-45)).mean()) if len(norms) else float("nan")
