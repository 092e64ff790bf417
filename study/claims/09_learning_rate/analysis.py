"""Claim 9: how high a learning rate a net takes with BN and without."""
from ... import rules
from ...kept import Cell
from ...paired import spread
from ...runs import RATE, rate_text, test_error
from ...strengths import NAMES

USABLE = 0.20  # test error after one epoch
STRICTER = 0.10
PAIRS = (("sigmoid_bn", "sigmoid"), ("sigmoid_bn", "sigmoid_x4"), ("relu_bn", "relu"))


def analyse(claim, sweep):
    conditions, decisive = {}, {}
    for optimizer in sweep.values("name"):
        rates = sorted({run.number(RATE) for run in sweep.select(name=optimizer)})
        highest = {}
        for config in sweep.values("config"):
            errors = {rate: sweep.by_seed(test_error, config=config, name=optimizer, learning_rate=rate) for rate in rates}
            highest[config] = _put_net(claim, config, optimizer, errors)
        for with_bn, without in PAIRS:
            higher = {seed: _above(highest[with_bn][seed], highest[without].get(seed)) for seed in highest[with_bn]}
            count = rules.counts(higher)
            row = f"{NAMES[with_bn]} against {NAMES[without]}, {optimizer}"
            claim.put("higher", row, "seeds with a higher usable rate", count)
            claim.put("higher", row, "how many times as high", Cell(text=_times(highest[with_bn], highest[without], rates)))
            conditions[f"{NAMES[with_bn]} takes a higher rate than {NAMES[without]}, {optimizer}"] = (
                rules.above(count, count.n / 2))
            decisive[with_bn, without, optimizer] = count
    deciding = decisive["relu_bn", "relu", "rmsprop"]
    rules.decide(claim, conditions, "ReLU under rmsprop: seeds whose highest usable rate is higher with BN", deciding,
                 margin=deciding.n / 2, unit="seeds", kind=rules.COUNTED)


def _put_net(claim, config, optimizer, errors):
    """Keeps a net's errors and how many seeds can use each rate; gives {seed: the highest usable one, or None}."""
    for rate, by_seed in errors.items():
        usable = sum(error <= USABLE for error in by_seed.values())
        claim.put(f"usable {optimizer}", NAMES[config], rate_text(rate), Cell(text=f"{usable} of {len(by_seed)}"))
        good = [error for error in by_seed.values() if error <= USABLE]
        claim.put(f"errors {optimizer}", NAMES[config], rate_text(rate), spread(good, ".1f", 100))
    for limit in (USABLE, STRICTER):
        highest = _highest(errors, limit)
        claim.put("highest", f"{NAMES[config]}, {optimizer}", f"highest rate with at most {100 * limit:.0f} %",
                  Cell(text=_range(highest.values())))
    return _highest(errors, USABLE)


def _highest(errors, limit):
    """{seed: the highest rate at which it has at most this error, or None}"""
    seeds = sorted({seed for by_seed in errors.values() for seed in by_seed})
    return {seed: max((rate for rate, by_seed in errors.items() if by_seed.get(seed, 1) <= limit), default=None)
            for seed in seeds}


def _above(rate, other):
    return rate is not None and (other is None or rate > other)


def _range(rates):
    """From the lowest to the highest, with how many seeds have one where some have none."""
    found = sorted(rate for rate in rates if rate is not None)
    if not found:
        return "none"
    ends = "–".join(dict.fromkeys(map(rate_text, (found[0], found[-1]))))
    return ends if len(found) == len(rates) else f"{ends} ({len(found)}/{len(rates)})"


def _times(with_bn, without, rates):
    """The bounds that the grid sets to the ratio of the highest usable rates, over all seeds that have both."""
    beyond = dict(zip(rates, [*rates[1:], float("inf")]))  # a rate at which the seed failed, or none that was tried
    pairs = [(with_bn[seed], without[seed]) for seed in with_bn if with_bn[seed] and without.get(seed)]
    if not pairs:
        return "none without BN"
    lowest = min(high / beyond[low] for high, low in pairs)
    most = max(beyond[high] / low for high, low in pairs)
    return f"{lowest:.3g}–{most:.3g}" if most < float("inf") else f"≥ {lowest:.3g}"
