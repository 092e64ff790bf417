"""Claim 14: the post's program as published against the formulas."""
from functools import partial

from ... import rules
from ...nets import layer_count, read_model
from ...paired import difference, mean, spread
from ...post_tables import distance
from ...runs import test_error


def analyse(claim, sweep):
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
                 "test error with BN, published less exact, points", error, unit=rules.POINTS)


def _mean_gamma(run):
    model = read_model(run)
    return mean(model[f"layers.{layer}.gamma"].mean() for layer in range(layer_count(model) - 1))
