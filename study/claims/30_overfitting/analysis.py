"""Claim 30: preprocessing and BN make a net overfit less."""
from ... import rules
from ...paired import difference, spread
from ...runs import test_error
from ...variants import name_choices

NAMES = {"none": "raw pixels", "center": "centred", "zscore": "z-scored", "zca": "ZCA-whitened", "bn": "raw pixels, BN"}


def analyse(claim, sweep):
    name_choices(claim, NAMES)
    errors, gaps = {}, {}
    for config, name in NAMES.items():
        errors[config] = sweep.by_seed(test_error, config=config)
        finished = [run for run in sweep.select(config=config) if not run.diverged]
        gaps[config] = {run.seed: run.test_error - run.number("train_error") for run in finished}
        trained = [run.number("train_error") for run in finished]
        claim.put("errors", name, "training error, %", spread(trained, ".2f", 100))
        claim.put("errors", name, "test error, %", spread(errors[config].values(), ".2f", 100))
        claim.put("errors", name, "gap, points", spread(gaps[config].values(), ".2f", 100))
    conditions, deciding = {}, None
    for config, name in NAMES.items():
        if config == "none":
            continue
        gap = difference(gaps[config], gaps["none"], "+.2f", 100)
        error = difference(errors[config], errors["none"], "+.2f", 100)
        claim.put("differences", f"{name} less raw pixels", "gap, points", gap)
        claim.put("differences", f"{name} less raw pixels", "test error, points", error)
        conditions[f"{name}: smaller gap and smaller test error"] = rules.both(rules.below(gap), rules.below(error))
        deciding = gap if config == "bn" else deciding
    rules.decide(claim, conditions, "test error less training error, with BN less without, points", deciding,
                 unit=rules.POINTS)
