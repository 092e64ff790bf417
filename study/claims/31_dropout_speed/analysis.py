"""Claim 31: less dropout makes training faster."""
from ... import rules
from ...kept import Cell
from ...paired import difference, spread
from ...speed import curves, is_sooner, iterations_to, logarithms, needed_text, sooner
from ...variants import name_choices

TARGETS = (0.10, 0.05)
RULED = 0.05
NAMES = {"dropout_0": "no dropout", "dropout_0.1": "dropout 0.1", "dropout_0.25": "dropout 0.25", "dropout_0.5": "dropout 0.5"}
PAIRS = (("dropout_0", "dropout_0.1"), ("dropout_0.1", "dropout_0.25"), ("dropout_0.1", "dropout_0.5"))


def analyse(claim, sweep):
    name_choices(claim, NAMES)
    points = {config: curves(sweep, config=config) for config in NAMES}
    horizon = max(found[-1][0] for by_seed in points.values() for found in by_seed.values())
    needed = {}
    for config, name in NAMES.items():
        for target in TARGETS:
            found = needed[config, target] = {seed: iterations_to(curve, target) for seed, curve in points[config].items()}
            claim.put("iterations", name, f"to {100 * target:.0f} %", Cell(text=needed_text(found, horizon)))
        claim.put("iterations", name, "error in the end, %",
                  spread([curve[-1][1] for curve in points[config].values()], ".2f", 100))
    conditions, deciding = {}, None
    for first, second in PAIRS:
        counted = sooner(needed[first, RULED], needed[second, RULED])
        factor = difference(*(logarithms(needed[config, RULED], horizon) for config in (second, first)), "+.2f")
        claim.put("sooner", f"{NAMES[first]} against {NAMES[second]}", "to 5 %: seeds", counted)
        claim.put("sooner", f"{NAMES[first]} against {NAMES[second]}", "to 5 %: decades", factor)
        conditions[f"5 %: {NAMES[first]} sooner than {NAMES[second]}"] = is_sooner(counted)
        deciding = factor
    rules.decide(claim, conditions, "iterations to 5 % with dropout 0.5 against 0.1, ReLU with BN, decades", deciding,
                 unit=rules.DECADES)
