"""Claims 9 to 11: how high a learning rate, and how much dropout and L2, a net wants with BN and without."""
import math

from .. import rules
from ..kept import FAILS, HOLDS, PARTLY, Cell, Claim
from ..paired import difference, mean, spread
from ..runs import RATE, rate_text, test_error

NAMES = {"sigmoid": "sigmoid", "sigmoid_bn": "sigmoid with BN", "relu": "ReLU", "relu_bn": "ReLU with BN"}
USABLE = 0.10  # test error


def learning_rate(sweep):
    claim = Claim(9)
    gains = {}
    for optimizer in sweep.values("name"):
        for config in sweep.values("config"):
            for rate in _rates(sweep, optimizer):
                errors = sweep.by_seed(test_error, config=config, name=optimizer, learning_rate=rate)
                claim.put(f"errors {optimizer}", NAMES[config], rate_text(rate), spread(errors.values(), ".2f", 100))
        for plain in ("sigmoid", "relu"):
            gains[plain, optimizer] = _put_usable(claim, sweep, plain, optimizer)
    conditions = {f"higher with BN: {NAMES[plain]}, {optimizer}": rules.above(gain)
                  for (plain, optimizer), gain in gains.items()}
    rules.decide(claim, conditions, "highest usable rate of ReLU under rmsprop, with BN against without, decades",
                 gains["relu", "rmsprop"])
    return claim


def _rates(sweep, optimizer):
    return sorted({run.number(RATE) for run in sweep.select(name=optimizer)})


def _put_usable(claim, sweep, plain, optimizer):
    """Keeps how far up and how wide rates are usable; gives how much higher the highest is with BN."""
    found = {}
    for config in (plain, plain + "_bn"):
        highest, width = found[config] = _usable(sweep, config, optimizer)
        row = f"{NAMES[config]}, {optimizer}"
        claim.put("usable", row, "highest usable rate, log10", spread(highest.values(), ".2f"))
        claim.put("usable", row, "width of the usable range, decades", spread(width.values(), ".2f"))
    gain, wider = (difference(with_bn, without, "+.2f") for with_bn, without in zip(found[plain + "_bn"], found[plain]))
    claim.put("usable", row, "highest rate against without BN, decades", gain)
    claim.put("usable", row, "width against without BN, decades", wider)
    return gain


def _usable(sweep, config, optimizer):
    """({seed: log10 of the highest usable rate}, {seed: width of the usable range in decades}).

    Each usable rate counts as one step of the grid; without one the highest is a step below the lowest that was tried.
    """
    rates = _rates(sweep, optimizer)
    step = math.log10(rates[-1] / rates[0]) / (len(rates) - 1)
    highest, width = {}, {}
    for rate in rates:
        for seed, error in sweep.by_seed(test_error, config=config, name=optimizer, learning_rate=rate).items():
            highest.setdefault(seed, math.log10(rates[0]) - step)
            width.setdefault(seed, 0.0)
            if error <= USABLE:
                highest[seed] = math.log10(rate)
                width[seed] += step
    return highest, width


def dropout(sweep):
    claim = Claim(10)
    _put_errors(claim, sweep, "dropout")
    amounts = sweep.numbers("dropout")
    gains, by_seed, best = {}, {}, {}
    for config in sweep.values("config"):
        errors = {amount: sweep.by_seed(test_error, config=config, dropout=amount) for amount in amounts}
        gains[config], by_seed[config] = _best_gain(errors, claim, NAMES[config])
        best[config] = _best_by_seed(errors)
        claim.put("best", NAMES[config], "best dropout of each seed", spread(best[config].values(), ".2f"))
    lower = difference(best["relu_bn"], best["relu"], "+.2f")
    claim.put("best", NAMES["relu_bn"], "best dropout against without BN", lower)
    gains_less = difference(by_seed["relu_bn"], by_seed["relu"], "+.2f", 100)
    claim.put("best", NAMES["relu_bn"], "gain against without BN, points", gains_less)
    unnecessary = all(gains[config].high >= 0 for config in ("relu_bn", "sigmoid_bn"))
    wanted_without = gains["relu"].high < 0
    if unnecessary and wanted_without or lower.high < 0:
        verdict = HOLDS
    else:
        verdict = PARTLY if unnecessary or gains_less.low > 0 else FAILS
    conditions = {"without BN some dropout helps ReLU": rules.below(gains["relu"]),
                  "with BN none helps ReLU": rules.at_least(gains["relu_bn"], 0),
                  "with BN none helps sigmoid": rules.at_least(gains["sigmoid_bn"], 0),
                  "ReLU's best dropout is lower with BN": rules.below(lower),
                  "dropout gains ReLU less with BN": rules.above(gains_less)}
    rules.decide(claim, conditions, "ReLU with BN: error at the best dropout less that at none, points",
                 gains["relu_bn"], verdict)
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
    is_lower, is_five = rules.above(lower), lower.low <= math.log10(5) <= lower.high
    conditions = {"lower with BN": is_lower, "a factor of 5 lies in the interval": rules.fact(is_five)}
    rules.decide(claim, conditions, "best penalty without BN against with, decades (5 times: 0.70)", lower,
                 FAILS if is_lower != rules.MET else None)
    return claim


def _put_errors(claim, sweep, axis):
    for config in sweep.values("config"):
        for value in sweep.numbers(axis):
            errors = sweep.by_seed(test_error, config=config, **{axis: value})
            claim.put("errors", NAMES[config], rate_text(value), spread(errors.values(), ".2f", 100))


def _best_gain(errors, claim, name):
    """The error of the best amount above 0 less that of 0: in points, corrected for the choice; and {seed: of 1}."""
    amounts = [amount for amount in errors if amount > 0]
    best = min(amounts, key=lambda amount: mean(errors[amount].values()))
    gain = difference(errors[best], errors[0.0], "+.2f", 100, comparisons=len(amounts))
    claim.put("best", name, "best above 0", Cell(text=rate_text(best)))
    claim.put("best", name, "its error less that of 0, points", gain)
    return gain, {seed: error - errors[0.0][seed] for seed, error in errors[best].items() if seed in errors[0.0]}


def _best_by_seed(errors):
    seeds = set.intersection(*(set(by_seed) for by_seed in errors.values()))
    return {seed: min(errors, key=lambda amount: errors[amount][seed]) for seed in sorted(seeds)}
