"""Claim 11: how much L2 penalty a net wants with BN and without; and whether such a study could find out."""
import math

import numpy

from ... import rules
from ...kept import CANNOT, FAILS, Cell
from ...paired import difference, interval, spread
from ...runs import test_error
from ...strengths import NAMES, best_by_seed, best_gain, put_errors

DIPS = (0.05, 0.1, 0.2, 0.3, 0.5)  # points by which the best penalty lowers the error, in studies that are simulated
DIP, POWER = 0.1, 0.5  # the study tests the claim if it would find a dip of so many points so often
STUDIES, SEED = 2000, 1
FIVE = math.log10(5)
COMPARED = ("relu", "relu_bn")  # the nets that decide; the power rests on their runs' deviation alone


def analyse(claim, sweep):
    put_errors(claim, sweep, "l2")
    strengths = [strength for strength in sweep.numbers("l2") if strength > 0]
    best, variances = {}, []
    for config in sweep.values("config"):
        errors = {strength: sweep.by_seed(test_error, config=config, l2=strength) for strength in [0.0, *strengths]}
        best_gain(errors, claim, NAMES[config])
        if config in COMPARED:
            variances += [numpy.var([100 * error for error in by_seed.values()], ddof=1) for by_seed in errors.values()]
        positive = {strength: errors[strength] for strength in strengths}
        best[config] = {seed: math.log10(strength) for seed, strength in best_by_seed(positive).items()}
        claim.put("best", NAMES[config], "best penalty of each seed, log10", spread(best[config].values(), ".2f"))
    lower = {plain: difference(best[plain], best["relu_bn"], "+.2f") for plain in ("relu", "sigmoid_x4")}
    claim.put("best", NAMES["relu_bn"], "ReLU without BN against with, decades", lower["relu"])
    deviation = math.sqrt(numpy.mean(variances))
    power = _put_power(claim, deviation, numpy.log10(strengths), len(best["relu"]))
    is_lower, is_five = rules.above(lower["relu"]), lower["relu"].low <= FIVE <= lower["relu"].high
    conditions = {"a dip of 0.1 points would be found in half of such studies": rules.fact(power[DIP] >= POWER),
                  "lower with BN": is_lower, "a factor of 5 lies in the interval": rules.fact(is_five)}
    verdict = CANNOT if power[DIP] < POWER else FAILS if is_lower != rules.MET else None
    rules.decide(claim, conditions, "best penalty of ReLU without BN against with, decades (5 times: 0.70)", lower["relu"],
                 verdict, unit=rules.DECADES)


def _put_power(claim, deviation, places, seeds):
    """{dip: share of simulated studies that find the claim's factor of 5}, where it is true."""
    claim.put("power", "deviation of a ReLU run's error, points", "figure", Cell(deviation, ".2f"))
    found = {dip: simulated_power(dip, deviation, places, seeds) for dip in DIPS}
    for dip, share in found.items():
        claim.put("power", f"true dip of {dip:g} points: studies that find it, %", "figure", Cell(100 * share, ".0f"))
    return found


def simulated_power(dip, deviation, places, seeds):
    """How often the rule says "lower with BN" where BN's best penalty is 5 times lower than the other, in truth.

    Errors fall to the dip within a decade of the best penalty, in straight lines; `places` are log10 of the penalties.
    """
    random = numpy.random.default_rng(SEED)
    hits = 0
    for _ in range(STUDIES):
        without = random.uniform(places[0] + FIVE, places[-1])
        best = [_argmins(random, places, centre, dip, deviation, seeds) for centre in (without, without - FIVE)]
        hits += interval(best[0] - best[1]).low > 0
    return hits / STUDIES


def _argmins(random, places, centre, dip, deviation, seeds):
    """log10 of each seed's best penalty."""
    errors = -dip * numpy.maximum(0, 1 - numpy.abs(places - centre)) + deviation * random.standard_normal((seeds, len(places)))
    return places[errors.argmin(axis=1)]
