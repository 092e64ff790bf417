"""Claim 29: whether other normalizations by layer do what BN does, and how deep nets get."""
import numpy

from ... import rules
from ...kept import Cell
from ...observed import observed_all
from ...paired import mean, spread
from ...runs import test_error
from ...variants import name_choices

KINDS = {"none": "none", "batch": "batch (BN)", "layer": "layer", "rms": "RMS", "group": "group", "weight": "weight"}
DEPTHS = (10, 30, 100)
ACTIVATIONS = {"sigmoid": "sigmoid", "relu": "ReLU"}
RESIDUALS = {f"residual_{kind}": f"ReLU in residuals of two, {KINDS[kind]}" for kind in ("none", "batch", "layer")}
NAMES = {**{f"{activation}_{kind}_{depth}": f"{word}, {name}, {depth} layers" for activation, word in ACTIVATIONS.items()
            for kind, name in KINDS.items() for depth in DEPTHS}, **RESIDUALS}
LEARNS = 0.20  # test error after an epoch
RULED_DEPTH = 30


def analyse(claim, sweep):
    name_choices(claim, NAMES)
    learned = {}
    for activation, word in ACTIVATIONS.items():
        for kind, name in KINDS.items():
            for depth in DEPTHS:
                config = f"{activation}_{kind}_{depth}"
                learned[config] = _put_errors(claim, sweep, config, f"{word}, {name}", f"{depth} layers")
            _put_factors(claim, sweep.select(config=f"{activation}_{kind}_{DEPTHS[0]}"), f"{word}, {name}", DEPTHS[0])
    for config, row in RESIDUALS.items():
        learned[config] = _put_errors(claim, sweep, config, row, "100 layers")
        _put_factors(claim, sweep.select(config=config), row, DEPTHS[-1])
    _decide(claim, learned)


def _put_errors(claim, sweep, config, row, column):
    """Keeps the error and how many seeds learn; gives these as a Cell of counts."""
    errors = sweep.by_seed(test_error, config=config)
    learned = rules.counts({seed: error <= LEARNS for seed, error in errors.items()})
    claim.put("errors", row, column, spread(errors.values(), ".1f", 100))
    claim.put("learned", row, column, Cell(text=f"{learned.value:.0f} of {learned.n}"))
    return learned


def _put_factors(claim, runs, row, depth):
    """The gradient norm's factor from a layer to the one before it in the first iteration, beside the predicted one."""
    logged = [observed_all(run, ("predicted_factor", "measured_factor")) for run in runs]
    for quantity, column in (("predicted_factor", "predicted"), ("measured_factor", "measured")):
        means = [_geometric_mean(values[quantity], depth) for values in logged]
        means = [value for value in means if numpy.isfinite(value)]
        claim.put("factors", row, column, spread(means, ".3f") if means else Cell(text="–"))


def _geometric_mean(moments, depth):
    """Of the first moment, over the layers between the first and the last hidden one."""
    layers = next(iter(moments.values()), {})
    values = [layers[layer] for layer in range(2, depth) if layer in layers]
    with numpy.errstate(all="ignore"):
        return float(numpy.exp(mean(numpy.log(values)))) if values else float("nan")


def _decide(claim, learned):
    conditions = {}
    for kind in ("layer", "rms", "group", "weight"):
        cell = learned[f"sigmoid_{kind}_{RULED_DEPTH}"]
        conditions[f"sigmoid, 30 layers: learns with {KINDS[kind]} normalization"] = rules.above(cell, cell.n / 2)
    for kind in ("layer", "rms", "group", "weight"):
        cell = learned[f"relu_{kind}_{RULED_DEPTH}"]
        conditions[f"ReLU, 30 layers: learns with {KINDS[kind]} normalization"] = rules.above(cell, cell.n / 2)
    for kind, words in (("batch", "with BN"), ("layer", "with layer normalization")):
        cell = learned[f"residual_{kind}"]
        conditions[f"ReLU, 100 layers in residuals: learns {words}"] = rules.above(cell, cell.n / 2)
    cell = learned["residual_batch"]
    rules.decide(claim, conditions, "ReLU of 100 layers in residuals that learns with BN, seeds", cell,
                 margin=cell.n / 2, kind=rules.COUNTED)
