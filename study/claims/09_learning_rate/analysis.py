"""Claim 9: how high a learning rate a net takes with BN and without."""
import math

from ... import rules
from ...paired import difference, spread
from ...runs import RATE, rate_text, test_error
from ...strengths import NAMES

USABLE = 0.10  # test error


def analyse(claim, sweep):
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
