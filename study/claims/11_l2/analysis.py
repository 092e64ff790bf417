"""Claim 11: how much L2 penalty a net wants with BN and without."""
import math

from ... import rules
from ...kept import FAILS
from ...paired import difference, spread
from ...runs import test_error
from ...strengths import NAMES, best_by_seed, best_gain, put_errors


def analyse(claim, sweep):
    put_errors(claim, sweep, "l2")
    strengths = sweep.numbers("l2")
    best = {}
    for config in sweep.values("config"):
        errors = {strength: sweep.by_seed(test_error, config=config, l2=strength) for strength in strengths}
        best_gain(errors, claim, NAMES[config])
        positive = {strength: by_seed for strength, by_seed in errors.items() if strength > 0}
        best[config] = {seed: math.log10(strength) for seed, strength in best_by_seed(positive).items()}
        claim.put("best", NAMES[config], "best penalty of each seed, log10", spread(best[config].values(), ".2f"))
    lower = difference(best["relu"], best["relu_bn"], "+.2f")
    claim.put("best", NAMES["relu_bn"], "without BN against with, decades", lower)
    is_lower, is_five = rules.above(lower), lower.low <= math.log10(5) <= lower.high
    conditions = {"lower with BN": is_lower, "a factor of 5 lies in the interval": rules.fact(is_five)}
    rules.decide(claim, conditions, "best penalty without BN against with, decades (5 times: 0.70)", lower,
                 FAILS if is_lower != rules.MET else None)
