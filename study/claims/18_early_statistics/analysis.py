"""Claim 18: whether the batch statistics are less steady after the activation, early in training."""
import numpy

from ... import rules
from ...observed import observed_all
from ...paired import difference, spread
from ...runs import rate_text

POST_RATE = 4e-5
NAMES = {"sigmoid_before": "sigmoid, BN before", "sigmoid_after": "sigmoid, BN after",
         "relu_before": "ReLU, BN before", "relu_after": "ReLU, BN after"}
SPANS = ((2, 10), (11, 50))
STATISTICS = {"mean": "batch_mean_change", "deviation": "batch_sd_change"}


def analyse(claim, sweep):
    found = {}
    for config, name in NAMES.items():
        for rate in sweep.numbers("learning_rate"):
            runs = sweep.select(config=config, learning_rate=rate)
            changes = {run.seed: _changes(run) for run in runs if not run.diverged}
            for statistic in STATISTICS:
                for first, last in SPANS:
                    claim.put(statistic, f"{name}, {rate_text(rate)}", f"iterations {first} to {last}",
                              spread([_mean(change[statistic], first, last) for change in changes.values()], ".3f"))
                found[config, rate, statistic] = {seed: numpy.log10(_mean(change[statistic], *SPANS[0]))
                                                  for seed, change in changes.items()}
    _decide(claim, found, sweep.numbers("learning_rate"))


def _changes(run):
    """{statistic: [iteration, layer]}: change from the batch before, as a share of the units' deviation within a batch."""
    values = observed_all(run, ["batch_sd_mean", *STATISTICS.values()])
    moments = list(values["batch_mean_change"])
    table = {name: numpy.array([list(values[name][moment].values()) for moment in moments]) for name in values}
    return {statistic: table[name] / table["batch_sd_mean"] for statistic, name in STATISTICS.items()}


def _mean(change, first, last):
    """Mean over layers and these iterations; the first row is that of iteration 2, the first with one before it."""
    return float(change[first - 2:last - 1].mean())


def _decide(claim, found, rates):
    conditions, deciding = {}, None
    for net, name in (("sigmoid", "sigmoid"), ("relu", "ReLU")):
        for rate in rates:
            for statistic in STATISTICS:
                after, before = (found[f"{net}_{place}", rate, statistic] for place in ("after", "before"))
                apart = difference(after, before, "+.2f")
                claim.put("apart", f"{name}, {rate_text(rate)}", statistic, apart)
                if rate == POST_RATE:
                    conditions[f"{name}: the batch's {statistic} moves more after the activation"] = rules.above(apart)
                    deciding = apart if (net, statistic) == ("relu", "mean") else deciding
    rules.decide(claim, conditions, "ReLU: how far the batch's mean moves, after against before, decades", deciding,
                 unit=rules.DECADES)
