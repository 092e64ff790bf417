"""Claim 13: where the statistics of inference come from."""
from functools import partial

from ... import rules
from ...paired import difference, spread
from ...runs import rate_text

MARGIN = 0.1  # points
NAMES = {"sigmoid": "sigmoid", "relu": "ReLU"}


def analyse(claim, sweep):
    alike = {}
    rates = sweep.numbers("learning_rate")
    for config in sweep.values("config"):
        for rate in rates:
            row = f"{NAMES[config]}, {rate_text(rate)}"
            for source in ("last_epoch", "moving_average", "population"):
                errors = _errors(sweep, config, rate, source, -1)
                claim.put("errors", row, source.replace("_", " "), spread(errors.values(), ".2f", 100))
            for source in ("last_epoch", "moving_average"):
                for epoch, name in ((0, "first"), (-1, "last")):
                    apart = difference(_errors(sweep, config, rate, source, epoch),
                                       _errors(sweep, config, rate, "population", epoch), "+.2f", 100)
                    claim.put("apart", row, f"{source.replace('_', ' ')}, {name} epoch", apart)
                    if source == "last_epoch" and epoch == -1 and rate == rates[0]:
                        alike[f"{NAMES[config]}: within 0.1 points"] = apart
    rules.decide(claim, {words: rules.within(apart, -MARGIN, MARGIN) for words, apart in alike.items()},
                 "sigmoid's test error with last-epoch averages less population, post's rate, points",
                 next(iter(alike.values())))


def _errors(sweep, config, rate, source, epoch):
    return sweep.by_seed(partial(_error_after, epoch=epoch), config=config, learning_rate=rate, inference=source)


def _error_after(run, epoch):
    """The test error after an epoch, 0 or -1; where a run had diverged by then, it guesses."""
    reached = run.epochs["test_error"]
    if run.diverged and (epoch != 0 or len(reached) == 0):
        return run.test_error
    return float(reached[epoch])
