"""Claim 10: whether BN makes dropout unnecessary."""
from dataclasses import replace

from ... import rules
from ...kept import Cell
from ...paired import difference, mean, spread
from ...runs import rate_text, test_error
from ...strengths import NAMES
from ...variants import error_cell, name_choices, validation_error

COSTS = 0.2  # points that dropout may be worth where it counts as unnecessary
TARGET = 0.10  # validation error that a net is timed to
WITHOUT, BEST = "without dropout", "at its best dropout"


def analyse(claim, sweep):
    name_choices(claim, {f"{config}_{suffix}": f"{name}, {words}" for config, name in NAMES.items()
                         for suffix, words in (("none", WITHOUT), ("best", BEST))})
    claim.choices = [replace(chosen, edges={key: edge for key, edge in chosen.edges.items() if chosen.values[key] != "0"})
                     for chosen in claim.choices]  # nothing lies below no dropout
    errors = {}
    for config in claim.selection.values("config"):
        _put_selection(claim, config)
        for suffix, words in (("none", WITHOUT), ("best", BEST)):
            errors[config, words] = sweep.by_seed(test_error, config=f"{config}_{suffix}")
            claim.put("errors", NAMES[config], words, error_cell(sweep.select(config=f"{config}_{suffix}")))
        claim.put("errors", NAMES[config], "the test set's own deviation",
                  rules.test_sd(mean(errors[config, WITHOUT].values())))
    conditions = {}
    for with_bn, without in (("relu_bn", "relu"), ("sigmoid_bn", "sigmoid_x4")):
        beats = difference(errors[with_bn, WITHOUT], errors[without, BEST], "+.2f", 100)
        claim.put("differences", f"{NAMES[with_bn]}, {WITHOUT}, less {NAMES[without]}, {BEST}", "points", beats)
        conditions[f"{NAMES[with_bn]} without dropout beats {NAMES[without]} at its best dropout"] = rules.below(beats)
        for config in (with_bn, without):
            worth = difference(errors[config, WITHOUT], errors[config, BEST], "+.2f", 100)
            claim.put("differences", f"{NAMES[config]}, {WITHOUT}, less {BEST}", "points", worth)
            if config == with_bn:
                conditions[f"{NAMES[config]}: dropout is worth no more than 0.2 points"] = rules.at_most(worth, COSTS)
                rules.deciding(claim, f"{NAMES[config]}: what dropout is worth, points", worth, COSTS, rules.POINTS)
    beats = difference(errors["relu_bn", WITHOUT], errors["relu", BEST], "+.2f", 100)
    rules.decide(claim, conditions, "ReLU: test error with BN and no dropout less the best without BN, points", beats,
                 unit=rules.POINTS)


def _put_selection(claim, config):
    """Keeps the validation error by dropout, at the better of the rates; and the epochs that a target takes."""
    sweep = claim.selection
    for dropout in sweep.numbers("dropout"):
        by_rate = {rate: sweep.select(config=config, dropout=dropout, learning_rate=rate)
                   for rate in sweep.numbers("learning_rate")}
        runs = min(by_rate.values(), key=lambda runs: mean(map(validation_error, runs)))
        claim.put("selection", NAMES[config], rate_text(dropout), error_cell(runs, validation_error))
        claim.put("epochs", NAMES[config], rate_text(dropout), _epochs_needed(runs))


def _epochs_needed(runs):
    """Mean number of epochs until the validation error is at most TARGET, or that a run never had it."""
    needed = [next((epoch for epoch, error in enumerate(run.epochs["validation_error"], 1) if error <= TARGET), None)
              for run in runs]
    return Cell(text="not reached") if None in needed else spread(needed, ".1f")
