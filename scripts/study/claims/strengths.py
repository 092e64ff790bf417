"""Claims 9 to 11: how high a learning rate, and how much dropout and L2, a net wants with BN and without."""
import math

from ..kept import FAILS, HOLDS, PARTLY, Cell, Claim
from ..paired import difference, mean, spread
from ..runs import rate_text, test_error

NAMES = {"sigmoid": "sigmoid", "sigmoid_bn": "sigmoid with BN", "relu": "ReLU", "relu_bn": "ReLU with BN"}
USABLE = 0.10  # test error


def learning_rate(sweep):
    claim = Claim(9)
    _put_errors(claim, sweep, "learning_rate")
    highest, width = {}, {}
    for config in sweep.values("config"):
        highest[config], width[config] = _usable(sweep, config)
        claim.put("usable", NAMES[config], "highest usable rate, log10", spread(highest[config].values(), ".2f"))
        claim.put("usable", NAMES[config], "width of the usable range, decades", spread(width[config].values(), ".2f"))
    gains = {plain: difference(highest[plain + "_bn"], highest[plain], "+.2f") for plain in ("sigmoid", "relu")}
    for plain, gain in gains.items():
        claim.put("usable", NAMES[plain + "_bn"], "highest rate against without BN, decades", gain)
        claim.put("usable", NAMES[plain + "_bn"], "width against without BN, decades",
                  difference(width[plain + "_bn"], width[plain], "+.2f"))
    met = [gain.low > 0 for gain in gains.values()]
    claim.decide(HOLDS if all(met) else PARTLY if any(met) else FAILS,
                 "highest usable rate of ReLU, with BN against without, decades", gains["relu"])
    return claim


def _usable(sweep, config):
    """({seed: log10 of the highest usable rate}, {seed: width of the usable range in decades}).

    A rate stands for its share of the scale, half way to its neighbours; without a usable rate the highest is one step
    below the lowest that was tried.
    """
    rates = [math.log10(rate) for rate in sweep.numbers("learning_rate")]
    step = (rates[-1] - rates[0]) / (len(rates) - 1)
    highest, width = {}, {}
    for rate in sweep.numbers("learning_rate"):
        for seed, error in sweep.by_seed(test_error, config=config, learning_rate=rate).items():
            highest.setdefault(seed, rates[0] - step)
            width.setdefault(seed, 0.0)
            if error <= USABLE:
                highest[seed] = math.log10(rate)
                width[seed] += step
    return highest, width


def dropout(sweep):
    claim = Claim(10)
    _put_errors(claim, sweep, "dropout")
    amounts = sweep.numbers("dropout")
    gains, best = {}, {}
    for config in sweep.values("config"):
        errors = {amount: sweep.by_seed(test_error, config=config, dropout=amount) for amount in amounts}
        gains[config] = _best_gain(errors, claim, NAMES[config])
        best[config] = _best_by_seed(errors)
        claim.put("best", NAMES[config], "best dropout of each seed", spread(best[config].values(), ".2f"))
    lower = difference(best["relu_bn"], best["relu"], "+.2f")
    claim.put("best", NAMES["relu_bn"], "against without BN", lower)
    unnecessary = all(gains[config].high >= 0 for config in ("relu_bn", "sigmoid_bn"))
    wanted_without = gains["relu"].high < 0
    if unnecessary and wanted_without or lower.high < 0:
        verdict = HOLDS
    else:
        verdict = PARTLY if unnecessary or gains["relu_bn"].value > gains["relu"].value else FAILS
    claim.decide(verdict, "best dropout of ReLU, with BN less without", lower)
    return claim


def l2_penalty(sweep):
    claim = Claim(11)
    _put_errors(claim, sweep, "l2")
    strengths = sweep.numbers("l2")
    best = {}
    for config in sweep.values("config"):
        errors = {strength: sweep.by_seed(test_error, config=config, l2=strength) for strength in strengths}
        _best_gain(errors, claim, NAMES[config])
        positive = {strength: by_seed for strength, by_seed in errors.items() if strength > 0}
        best[config] = {seed: math.log10(strength) for seed, strength in _best_by_seed(positive).items()}
        claim.put("best", NAMES[config], "best penalty of each seed, log10", spread(best[config].values(), ".2f"))
    lower = difference(best["relu"], best["relu_bn"], "+.2f")
    claim.put("best", NAMES["relu_bn"], "without BN against with, decades", lower)
    is_lower, is_five = lower.low > 0, lower.low <= math.log10(5) <= lower.high
    claim.decide(HOLDS if is_lower and is_five else PARTLY if is_lower else FAILS,
                 "best penalty without BN against with, decades (5 times: 0.70)", lower)
    return claim


def _put_errors(claim, sweep, axis):
    for config in sweep.values("config"):
        for value in sweep.numbers(axis):
            errors = sweep.by_seed(test_error, config=config, **{axis: value})
            claim.put("errors", NAMES[config], rate_text(value), spread(errors.values(), ".2f", 100))


def _best_gain(errors, claim, name):
    """The error of the best amount above 0 less that of 0, in points, corrected for the choice among them."""
    amounts = [amount for amount in errors if amount > 0]
    best = min(amounts, key=lambda amount: mean(errors[amount].values()))
    gain = difference(errors[best], errors[0.0], "+.2f", 100, comparisons=len(amounts))
    claim.put("best", name, "best above 0", Cell(best, "g"))
    claim.put("best", name, "its error less that of 0, points", gain)
    return gain


def _best_by_seed(errors):
    seeds = set.intersection(*(set(by_seed) for by_seed in errors.values()))
    return {seed: min(errors, key=lambda amount: errors[amount][seed]) for seed in sorted(seeds)}
