"""Claim 15, beyond the post: how deep a net may be with BN and without."""
import math

import numpy

from ... import rules
from ...kept import Cell
from ...paired import difference, spread
from ...strengths import NAMES
from ...variants import error_cell, name_choices

LEARNS = 0.5  # test error after one epoch
PAIRS = (("sigmoid_bn", "sigmoid"), ("sigmoid_bn", "sigmoid_x4"), ("relu_bn", "relu"))


def analyse(claim, sweep):
    depths = {config: claim.selection.numbers("depth") for config in claim.selection.values("config")}
    name_choices(claim, {f"{config}_{layers:.0f}": f"{NAMES[config]}, {layers:.0f}"
                         for config, tried in depths.items() for layers in tried})
    deepest, errors = {}, {}
    for config, tried in depths.items():
        for layers in tried:
            runs = sweep.select(config=f"{config}_{layers:.0f}")
            errors[config, layers] = {run.seed: run.test_error for run in runs}
            claim.put("errors", NAMES[config], f"{layers:.0f}", error_cell(runs, form=".1f"))
            claim.put("norms", NAMES[config], f"{layers:.0f}", spread(map(_first_norm, runs), ".1f"))
        deepest[config] = deepest_of({layers: errors[config, layers] for layers in tried})
        claim.put("deepest", NAMES[config], "deepest net that learns, layers", Cell(text=_range(deepest[config].values())))
    _put_differences(claim, errors)
    conditions, count = {}, None
    for with_bn, without in PAIRS:
        deeper = {seed: deepest[with_bn][seed] > deepest[without][seed] for seed in deepest[with_bn]}
        count = rules.counts(deeper)
        claim.put("deeper", f"{NAMES[with_bn]} against {NAMES[without]}", "seeds that learn in a deeper net", count)
        conditions[f"{NAMES[with_bn]} learns in deeper nets than {NAMES[without]}"] = rules.above(count, count.n / 2)
    rules.decide(claim, conditions, "ReLU: seeds that learn in a deeper net with BN", count, margin=count.n / 2,
                 unit="seeds", kind=rules.COUNTED)


def _put_differences(claim, errors):
    for with_bn, without in PAIRS:
        for config, layers in errors:
            if config == with_bn and (without, layers) in errors:
                claim.put("differences", f"{NAMES[with_bn]} less {NAMES[without]}", f"{layers:.0f}",
                          difference(errors[with_bn, layers], errors[without, layers], "+.1f", 100))


def deepest_of(errors):
    """{seed: the depth up to which every net learns}; 0 where not even the shallowest does. From {depth: {seed: error}}."""
    found = {seed: 0.0 for by_seed in errors.values() for seed in by_seed}
    going = set(found)
    for layers in sorted(errors):
        going = {seed for seed in going if errors[layers].get(seed, 1) <= LEARNS}
        found.update(dict.fromkeys(going, layers))
    return found


def _range(depths):
    low, high = min(depths), max(depths)
    return f"{low:.0f}" if low == high else f"{low:.0f}–{high:.0f}"


def _first_norm(run):
    """log10 of the first layer's gradient norm at the first iteration; below 1e-45 it counts as that."""
    return math.log10(max(float(run.gradients[1][0, 0]), 1e-45)) if numpy.isfinite(run.gradients[1][0, 0]) else math.nan
