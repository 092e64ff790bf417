"""Claim 16: where units are saturated, and whether that is where gradients vanish."""
import numpy

from ... import rules
from ...kept import Cell
from ...observed import NETS, by_layer, observed_all
from ...paired import difference, interval, mean, spread
from ...runs import rate_text

LAYERS = 10
POST_RATE = 4e-5
EARLY = 1, 10  # the first row of the post's tables
MANY = 10  # percent
QUANTILES = ("0.1", "1", "50", "99", "99.9")


def analyse(claim, sweep):
    early, first = {}, {}
    for config in sweep.values("config"):
        for rate in sweep.numbers("learning_rate"):
            runs = [run for run in sweep.select(config=config, learning_rate=rate) if not run.diverged]
            logged = {run.seed: observed_all(run, ["saturated", *(f"output_q{name}" for name in QUANTILES)])
                      for run in runs}
            shares = {seed: {moment: 100 * by_layer(values["saturated"], moment, LAYERS)
                             for moment in values["saturated"]} for seed, values in logged.items()}
            _put(claim, f"{NETS[config]}, {rate_text(rate)}", shares, logged)
            _put_errors(claim, f"{NETS[config]}, {rate_text(rate)}", runs)
            if rate == POST_RATE:
                early[config] = {seed: found[EARLY] for seed, found in shares.items()}
                first[config] = {run.seed: _first_layer(run) for run in runs}
                claim.put("early", NETS[config], "saturated, % of all values",
                          spread([found.mean() for found in early[config].values()], ".2f"))
                claim.put("early", NETS[config], "first layer's gradient norm, log10", spread(first[config].values(), ".2f"))
    _decide(claim, early, first)


def _put(claim, row, shares, logged):
    """Keeps the share of saturated values by moment and by layer, and quantiles of the outputs, means over the layers."""
    for moment in next(iter(shares.values()), {}):
        column = f"{moment[0]}:{moment[1]}"
        claim.put("saturated", row, column, spread([found[moment].mean() for found in shares.values()], ".2f"))
        if moment in (EARLY, (1, 300)):
            for layer in range(LAYERS):
                claim.put("layers", f"{row}, {column}", f"{layer + 1}",
                          Cell(mean(found[moment][layer] for found in shares.values()), ".1f"))
    for name in QUANTILES:
        values = [by_layer(found[f"output_q{name}"], EARLY, LAYERS).mean() for found in logged.values()]
        claim.put("quantiles", row, f"{name} %", spread(values, ".3f"))


def _put_errors(claim, row, runs):
    for epoch in (1, 3):
        errors = [run.epochs["test_error"][epoch - 1] for run in runs if len(run.epochs["test_error"]) >= epoch]
        claim.put("errors", row, f"epoch {epoch}", spread(errors, ".2f", 100))


def _first_layer(run):
    """log10 of the first layer's gradient norm at EARLY."""
    rows, norms = run.gradients
    return float(numpy.log10(norms[list(rows[:, 1]).index(EARLY[1]), 0]))


def _decide(claim, early, first):
    means = {config: {seed: float(layers.mean()) for seed, layers in found.items()} for config, found in early.items()}
    more = difference(means["sigmoid"], means["sigmoid_bn"], "+.2f")
    most = interval([layers.max() for layers in early["sigmoid"].values()], ".2f")
    smaller = difference(first["sigmoid_x4"], first["sigmoid"], "+.2f")
    claim.put("figures", "saturated without BN less with BN, points", "iteration 10", more)
    claim.put("figures", "most saturated layer without BN, %", "iteration 10", most)
    claim.put("figures", "4x weights less without BN: saturated, points", "iteration 10",
              difference(means["sigmoid_x4"], means["sigmoid"], "+.2f"))
    claim.put("figures", "4x weights less without BN: first layer's gradient norm, log10", "iteration 10", smaller)
    conditions = {"more is saturated without BN than with it": rules.above(more),
                  "without BN some layer is saturated by over 10 %": rules.above(most, MANY),
                  "the net that is more saturated has the smaller gradients": rules.below(smaller)}
    rules.decide(claim, conditions, "saturated at iteration 10, without BN less with BN, points", more, unit=rules.POINTS)
