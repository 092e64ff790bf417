"""Claim 4: how far a sigmoid net's activations spread, with gamma and beta and without."""
import numpy

from ... import rules
from ...nets import read_model, sigmoid_activations, training_images
from ...paired import difference, interval, spread

IMAGES = 2000
QUANTILES = (0.001, 0.01, 0.05, 0.5, 0.95, 0.99, 0.999)
LOW, HIGH = 0.1, 0.9
BEYOND = 1  # points that count as going beyond
NAMES = {"learned": "gamma and beta learned", "fixed": "neither (1 and 0)", "gamma2": "gamma fixed at 2",
         "learned_fast": "learned, rate 4e-4", "fixed_fast": "neither, rate 4e-4"}


def analyse(claim, sweep):
    lengths = list(dict.fromkeys((run.number("data.train_samples"), run.number("train.epochs")) for run in sweep.runs))
    inside = {}
    for config in sweep.values("config"):
        for samples, epochs in lengths:
            runs = sweep.select(config=config, train_samples=samples, epochs=epochs)
            outputs = {run.seed: _outputs(run) for run in runs}
            shares = {seed: ((values >= LOW) & (values <= HIGH)).mean(axis=(1, 2)) for seed, values in outputs.items()}
            inside[config] = {seed: float(share.mean()) for seed, share in shares.items()}  # in the end, of the longest
            claim.put("inside", NAMES[config], _length(samples, epochs), spread(inside[config].values(), ".2f", 100))
        quantiles = numpy.array([numpy.quantile(values, QUANTILES) for values in outputs.values()])
        for quantile, column in zip(QUANTILES, quantiles.T):
            claim.put("quantiles", NAMES[config], f"{100 * quantile:g} %", spread(column, ".3f"))
        for layer, column in enumerate(numpy.array(list(shares.values())).T, 1):
            claim.put("layers", NAMES[config], f"{layer}", spread(column, ".1f", 100))
        _put_ranges(claim, config, runs)
    _decide(claim, inside, runs=sweep.select(config="fixed", train_samples=samples, epochs=epochs))


def _outputs(run):
    """Activations [layer, image, unit] of a run's model for the first training images"""
    return numpy.array(sigmoid_activations(read_model(run), training_images()[:IMAGES]))


def _put_ranges(claim, config, runs):
    low, high = zip(*map(_range, runs))
    claim.put("ranges", NAMES[config], "smallest output of a batch", spread(low, ".3f"))
    claim.put("ranges", NAMES[config], "largest output of a batch", spread(high, ".3f"))


def _range(run):
    """Smallest and largest output as logged, mean over the layers and the batches of the last epoch."""
    epochs, minima, maxima = run.activations
    last = epochs == epochs.max()
    return float(minima[last].mean()), float(maxima[last].mean())


def _decide(claim, inside, runs):
    low, high = (interval(side) for side in zip(*map(_range, runs)))
    fixed = interval(inside["fixed"].values(), ".2f", 100)
    apart = difference(inside["learned"], inside["fixed"], "+.2f", 100)
    claim.put("figures", "neither", "share inside, %", fixed)
    conditions = {"neither: extremes within [0.05, 0.95]": rules.fact(low.value >= 0.05 and high.value <= 0.95),
                  "neither: at least 95 % within [0.1, 0.9]": rules.within(fixed, 95, 100),
                  "learned: fewer, by more than a point": rules.below(apart, -BEYOND)}
    rules.decide(claim, conditions, "share inside [0.1, 0.9], learned less neither, points", apart, partly=2)


def _length(samples, epochs):
    if samples < 60000:
        return f"{samples / 200:.0f} iterations"
    return f"{epochs:.0f} epoch{'s' if epochs > 1 else ''}"
