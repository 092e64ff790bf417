"""Claim 25: with BN local response normalization can go, and it does not do much by itself."""
from ... import rules
from ...kept import Cell
from ...paired import difference, spread
from ...runs import test_error
from ...variants import name_choices

ENOUGH = 0.2  # points that count as a gain or a loss
SCALES = "lrn_1e-4"  # whose sum of squares hardly matters beside k = 2: a division by 2^0.75
NAMES = {"none": "no LRN", "lrn_1e-4": "alpha 1e-4", "lrn_0.01": "alpha 0.01", "lrn_0.1": "alpha 0.1", "lrn_1": "alpha 1"}


def analyse(claim, sweep):
    errors, best = {}, {}
    validation = {choice.base: choice.mean for choice in claim.choices}
    name_choices(claim, {**NAMES, **{f"{net}_bn": f"{name}, with BN" for net, name in NAMES.items()}})
    for suffix, row in (("", "without BN"), ("_bn", "with BN")):
        for net, column in NAMES.items():
            errors[net + suffix] = sweep.by_seed(test_error, config=net + suffix)
            claim.put("errors", row, column, spread(errors[net + suffix].values(), ".2f", 100))
        best[suffix] = min((net for net in NAMES if net != "none"), key=lambda net: validation[net + suffix])
        claim.put("best", row, "alpha of the lowest validation error", Cell(text=NAMES[best[suffix]].split()[1]))
    with_bn, without = (difference(errors[best[suffix] + suffix], errors["none" + suffix], "+.2f", 100)
                        for suffix in ("_bn", ""))
    instead = difference(errors["none_bn"], errors[best[""]], "+.2f", 100)
    claim.put("figures", "with BN: best LRN less none", "points", with_bn)
    claim.put("figures", "without BN: best LRN less none", "points", without)
    claim.put("figures", "BN alone less best LRN alone", "points", instead)
    scaled = difference(errors[SCALES], errors["none"], "+.2f", 100)
    more = difference(errors[best[""]], errors[SCALES], "+.2f", 100)
    claim.put("figures", "without BN: alpha 1e-4 less none", "points", scaled)
    claim.put("figures", "without BN: best LRN less alpha 1e-4", "points", more)
    conditions = {"with BN, LRN gains less than 0.2 points": rules.above(with_bn, -ENOUGH),
                  "without BN, LRN gains less than 0.2 points": rules.above(without, -ENOUGH),
                  "BN alone is no worse than LRN alone by 0.2 points": rules.below(instead, ENOUGH)}
    rules.decide(claim, conditions, "LeNet with BN: test error with the best LRN less without, points", with_bn,
                 margin=-ENOUGH, unit=rules.POINTS)
