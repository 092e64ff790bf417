"""Claim 21: whether Wx+b starts with a mean near 0 and a variance near 1."""
import numpy

from ... import rules
from ...forward import sums_and_outputs
from ...kept import Cell
from ...nets import read_model, training_images
from ...observed import NETS
from ...paired import interval, mean, spread

IMAGES = 2000
MEAN_NEAR, VARIANCE_LOW, VARIANCE_HIGH = 0.1, 0.5, 2
NAMES = {**NETS, "standard_gaussian": "sigmoid, W of N(0, 1)"}
RULED = ("sigmoid", "sigmoid_bn", "relu", "relu_bn", "standard_gaussian")


def analyse(claim, sweep):
    conditions, deciding = {}, None
    for config in sweep.values("config"):
        found = [_statistics(run, "relu" if config.startswith("relu") else "sigmoid")
                 for run in sweep.select(config=config)]
        means, variances = (numpy.array(values) for values in zip(*found))
        for layer in range(means.shape[1]):
            claim.put("means", NAMES[config], f"{layer + 1}", Cell(mean(means[:, layer]), ".3f"))
            claim.put("variances", NAMES[config], f"{layer + 1}", Cell(mean(variances[:, layer]), ".2g"))
        weight = [float(read_model(run)["layers.1.weight"].std()) for run in sweep.select(config=config)]
        claim.put("weights", NAMES[config], "deviation of W, layer 2", spread(weight, ".3f"))
        if config in RULED:
            largest = interval(means.max(axis=1), ".3f")
            low, high = interval(variances.min(axis=1), ".2g"), interval(variances.max(axis=1), ".2g")
            name = NAMES[config]
            conditions[f"{name}: every layer's means near 0"] = rules.at_most(largest, MEAN_NEAR)
            conditions[f"{name}: every layer's variance near 1"] = rules.both(
                rules.at_least(low, VARIANCE_LOW), rules.at_most(high, VARIANCE_HIGH))
            for words, cell in (("largest of the layers' means", largest), ("smallest variance", low),
                                ("largest variance", high)):
                claim.put("extremes", name, words, cell)
            deciding = low if config == "sigmoid" else deciding
    rules.decide(claim, conditions, "smallest of the layers' variances of Wx+b, sigmoid without BN", deciding,
                 margin=VARIANCE_LOW, unit=rules.RATIO, kind=rules.SEEDS)


def _statistics(run, activation):
    """For each hidden layer's Wx+b: the root mean square over units of their means, the mean over units of variances."""
    layers = sums_and_outputs(read_model(run), training_images()[:IMAGES], activation)
    pairs = [(float(numpy.sqrt((sums.mean(axis=0) ** 2).mean())), float(sums.var(axis=0).mean())) for sums, _ in layers]
    return tuple(zip(*pairs))
