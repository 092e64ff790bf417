"""Claim 22: whether BN without gamma and beta keeps a sigmoid net to the line, so that it is a linear net."""
from functools import lru_cache

import numpy

from ... import rules
from ...forward import logits
from ...kept import Cell
from ...nets import read_model, training_images
from ...paired import difference, interval, spread
from ...runs import test_error
from ...variants import name_choices

FITTED = 10000  # images that the line is fitted to; as many others show how well it does
NEARLY = 0.99
LIKE_LINEAR, EXPLAINED = 1, 95  # points of error, percent of the variance
RIDGE = 1e-3
NAMES = {"linear": "linear net", "fixed": "gamma 1, beta 0", "gamma2": "gamma 2, beta 0", "gamma4": "gamma 4, beta 0",
         "learned": "gamma and beta learned", "relu": "ReLU, learned"}
PIECES = {"0.2 to 0.8": (0.2, 0.8), "0.1 to 0.9": (0.1, 0.9)}


def analyse(claim, sweep):
    name_choices(claim, NAMES)
    errors, explained = {}, {}
    for config, name in NAMES.items():
        errors[config] = sweep.by_seed(test_error, config=config)
        activation = config if config in ("linear", "relu") else "sigmoid"
        runs = [run for run in sweep.select(config=config) if not run.diverged]
        explained[config] = {run.seed: _explained(read_model(run), activation) for run in runs}
        claim.put("nets", name, "test error, %", spread(errors[config].values(), ".2f", 100))
        claim.put("nets", name, "a linear map explains, %", spread(explained[config].values(), ".1f", 100))
        if config not in ("fixed", "linear"):
            claim.put("against", f"{name} less gamma 1, beta 0", "test error, points",
                      difference(errors[config], errors["fixed"], "+.2f", 100))
    nearly = {name: _fit_of_a_line(*ends) for name, ends in PIECES.items()}
    for name, fit in nearly.items():
        claim.put("line", f"sigmoid from {name}", "R squared of a line", Cell(fit, ".4f"))
    claim.put("line", "sigmoid of N(0, 1)", "R squared of a line", Cell(_fit_for_normal(), ".4f"))
    against = difference(errors["fixed"], errors["linear"], "+.2f", 100)
    line = interval(explained["fixed"].values(), ".1f", 100)
    conditions = {"a sigmoid is nearly linear from 0.1 to 0.9": rules.fact(min(nearly.values()) >= NEARLY),
                  "without gamma and beta the error is a linear net's": rules.within(against, -LIKE_LINEAR, LIKE_LINEAR),
                  "a linear map explains nearly all of its outputs": rules.at_least(line, EXPLAINED)}
    rules.decide(claim, conditions, "test error without gamma and beta less that of a linear net, points", against,
                 margin=-LIKE_LINEAR, unit=rules.POINTS)


def _explained(model, activation):
    """Share of the variance of a net's logits that the best linear map of the images explains, on images not fitted to."""
    fitted, others, inverse = _images()
    map_of_images = inverse @ (fitted.T @ logits(model, fitted[:, 1:], activation))
    given = logits(model, others[:, 1:], activation)
    left = given - others @ map_of_images
    return float(1 - (left ** 2).sum() / ((given - given.mean(axis=0)) ** 2).sum())


@lru_cache
def _images():
    """(images fitted to, other images, inverse of the former's Gram matrix), with a column of ones before the pixels"""
    images = training_images()[:2 * FITTED].astype(float)
    images = numpy.hstack([numpy.ones((len(images), 1)), images])
    fitted, others = images[:FITTED], images[FITTED:]
    return fitted, others, numpy.linalg.inv(fitted.T @ fitted + RIDGE * numpy.eye(images.shape[1]))


def _fit_of_a_line(low, high):
    """R squared of the best line through the sigmoid where its output goes from low to high."""
    ends = numpy.log([low / (1 - low), high / (1 - high)])
    x = numpy.linspace(*ends, 10001)
    return float(numpy.corrcoef(x, 1 / (1 + numpy.exp(-x)))[0, 1] ** 2)


def _fit_for_normal():
    """R squared of the best line where the input is normal with variance 1."""
    x, weight = numpy.polynomial.hermite_e.hermegauss(100)
    weight /= weight.sum()
    y = 1 / (1 + numpy.exp(-x))
    return float((weight @ (x * y)) ** 2 / (weight @ y ** 2 - (weight @ y) ** 2))
