"""Claims 13 and 14: the statistics of inference, and the program as published against the formulas."""
from functools import partial

from .. import rules
from ..kept import Claim
from ..nets import layer_count, read_model
from ..paired import difference, mean, spread
from ..post_tables import distance
from ..runs import rate_text, test_error

MARGIN = 0.1  # points
NAMES = {"sigmoid": "sigmoid", "relu": "ReLU"}


def inference(sweep):
    claim = Claim(13)
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
    return claim


def _errors(sweep, config, rate, source, epoch):
    return sweep.by_seed(partial(_error_after, epoch=epoch), config=config, learning_rate=rate, inference=source)


def _error_after(run, epoch):
    """The test error after an epoch, 0 or -1; where a run had diverged by then, it guesses."""
    reached = run.epochs["test_error"]
    if run.diverged and (epoch != 0 or len(reached) == 0):
        return run.test_error
    return float(reached[epoch])


def published(sweep):
    claim = Claim(14)
    effects = {}
    for config, name in (("sigmoid", "without BN"), ("sigmoid_bn", "with BN")):
        normalized = config == "sigmoid_bn"
        measures = {"test error, %": (test_error, 100, ".2f"),
                    "distance to the post's table, decades": (partial(distance, normalized=normalized), 1, ".4f")}
        if normalized:
            measures["mean of gamma"] = (_mean_gamma, 1, ".4f")
        for measure, (value, scale, form) in measures.items():
            found = {fidelity: sweep.by_seed(value, config=config, fidelity=fidelity)
                     for fidelity in ("exact", "published")}
            for fidelity, by_seed in found.items():
                claim.put("measures", f"{name}: {measure}", fidelity, spread(by_seed.values(), form, scale))
            effects[config, measure] = difference(found["published"], found["exact"], "+" + form, scale)
            claim.put("measures", f"{name}: {measure}", "published less exact", effects[config, measure])
    error, gamma = effects["sigmoid_bn", "test error, %"], effects["sigmoid_bn", "mean of gamma"]
    rules.decide(claim, {"gamma differs": rules.differs(gamma), "the test error differs": rules.differs(error)},
                 "test error with BN, published less exact, points", error)
    return claim


def _mean_gamma(run):
    model = read_model(run)
    return mean(model[f"layers.{layer}.gamma"].mean() for layer in range(layer_count(model) - 1))
