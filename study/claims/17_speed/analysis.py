"""Claim 17: BN speeds up training: iterations to an error, each net at its best rate."""
from ... import rules
from ...kept import Cell
from ...observed import NETS
from ...paired import difference, spread
from ...runs import rate_text
from ...speed import curves, is_sooner, iterations_to, logarithms, needed_text, sooner
from ...variants import name_choices

TARGETS = {0.10: "early", 0.05: "late", 0.03: "late"}  # and at which of the two rates
CHOSEN = {"early": "after 1 epoch", "late": "after 4 epochs"}  # when the rate is best
PAIRS = (("sigmoid_bn", "sigmoid"), ("sigmoid_bn", "sigmoid_x4"), ("relu_bn", "relu"))
SHOWN = (10, 20, 40, 75, 150, 300, 600, 900, 1500, 3000)


def analyse(claim, sweep):
    points = {config: curves(sweep, config=config) for config in sweep.values("config")}
    horizon = max(found[-1][0] for by_seed in points.values() for found in by_seed.values())
    needed = {}
    for net, name in NETS.items():
        for target, when in TARGETS.items():
            found = needed[net, target] = {seed: iterations_to(curve, target)
                                           for seed, curve in points[f"{net}_{when}"].items()}
            claim.put("iterations", name, f"to {100 * target:.0f} %", Cell(text=needed_text(found, horizon)))
        for iterations in SHOWN:
            errors = [dict(curve).get(iterations) for curve in points[f"{net}_late"].values()]
            claim.put("errors", name, f"{iterations}",
                      spread([error for error in errors if error is not None], ".2f", 100))
    _put_selection(claim)
    _decide(claim, needed, horizon)


def _put_selection(claim):
    """Validation errors after one epoch at each rate: what BN gains at one rate, and at the best ones."""
    sweep = claim.selection
    for config in sweep.values("config"):
        for rate in sweep.numbers("learning_rate"):
            runs = sweep.select(config=config, learning_rate=rate, epochs=1)
            errors = [0.9 if run.diverged else run.number("validation_error") for run in runs]
            claim.put("rates", NETS[config], rate_text(rate), spread(errors, ".1f", 100))
    name_choices(claim, {f"{net}_{when}": f"{name}, {words}" for net, name in NETS.items() for when, words in CHOSEN.items()})


def _decide(claim, needed, horizon):
    conditions, deciding = {}, None
    for first, second in PAIRS:
        for target in TARGETS:
            words = f"{100 * target:.0f} %: {NETS[first]} sooner than {NETS[second]}"
            counted = sooner(needed[first, target], needed[second, target])
            conditions[words] = is_sooner(counted)
            factor = difference(*(logarithms(needed[net, target], horizon) for net in (second, first)), "+.2f")
            claim.put("sooner", f"{NETS[first]} against {NETS[second]}", f"to {100 * target:.0f} %: seeds", counted)
            claim.put("sooner", f"{NETS[first]} against {NETS[second]}", f"to {100 * target:.0f} %: decades", factor)
            claim.put("factors", f"{NETS[first]} against {NETS[second]}", f"to {100 * target:.0f} %",
                      Cell(10 ** factor.value, ".1f"))
            if (first, second, target) == ("sigmoid_bn", "sigmoid_x4", 0.05):
                deciding = factor
    rules.decide(claim, conditions, "iterations to 5 % with 4x weights against with BN, sigmoid, decades", deciding,
                 unit=rules.DECADES)
