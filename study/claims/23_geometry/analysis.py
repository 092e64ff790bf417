"""Claim 23: what the post says of raw pixels and of hyperplanes that are drawn at random."""
import numpy

from ... import rules
from ...kept import Cell
from ...nets import preprocessed, read_model, smaller_sides, training_images
from ...paired import difference, interval

IMAGES = 10000
SCHEMES = {"none": "raw", "center": "centred", "zscore": "z-scored", "zca": "ZCA-whitened"}
DARK, BRIGHT = (25, 35), 100  # grey values of the post's example
RARELY, MOST, DOUBLED = 10, 50, 2


def analyse(claim, sweep):
    cut, smaller = {}, {}
    for scheme, name in SCHEMES.items():
        images = preprocessed(scheme, IMAGES)
        sides = {run.seed: _sides(run, images) for run in sweep.runs}
        cut[scheme] = {seed: 100 * float((side > 0).mean()) for seed, side in sides.items()}
        smaller[scheme] = {seed: 100 * float(side.mean()) for seed, side in sides.items()}
        claim.put("cuts", name, "cut the data, %", interval(cut[scheme].values(), ".1f"))
        claim.put("cuts", name, "images on the smaller side, %", interval(smaller[scheme].values(), ".1f"))
    noise = 100 * _bright_beside_dark()
    claim.put("pixels", "neighbours of pixels of 25 to 35", "above 100, %", Cell(noise, ".1f"))
    claim.put("pixels", "axes that hold 90 % of the variance", "of 784", Cell(float(_axes()), ".0f"))
    missed = interval([100 - share for share in cut["none"].values()], ".1f")
    factor = interval([cut["center"][seed] / cut["none"][seed] for seed in cut["none"]], ".3f")
    claim.put("figures", "hyperplanes that miss the raw data, %", "figure", missed)
    claim.put("figures", "chance to cut, centred against raw", "figure", factor)
    conditions = {"a value near 30 is rarely beside one above 100": rules.fact(noise < RARELY),
                  "most random hyperplanes miss the raw data": rules.above(missed, MOST),
                  "subtracting the mean makes a cut at least twice as likely": rules.at_least(factor, DOUBLED)}
    schemes = list(SCHEMES)
    for before, after in zip(schemes, schemes[1:]):
        more = difference(smaller[after], smaller[before], "+.1f")
        claim.put("figures", f"smaller side, {SCHEMES[after]} less {SCHEMES[before]}, points", "figure", more)
        conditions[f"{SCHEMES[after]}: cuts are more even than {SCHEMES[before]}"] = rules.above(more)
    rules.decide(claim, conditions, "chance that a random hyperplane cuts the data, centred against raw", factor,
                 margin=DOUBLED, unit=rules.RATIO, kind=rules.SEEDS)


def _sides(run, images):
    """The share of images on the smaller side of each hyperplane of the first layer."""
    model = read_model(run)
    return smaller_sides(model["layers.0.weight"].astype(float), model["layers.0.bias"], images)


def _bright_beside_dark():
    """Of the pixels to the right of, left of, below and above those of DARK, the share above BRIGHT."""
    images = numpy.rint(255 * training_images()[:IMAGES]).reshape(-1, 28, 28)
    pairs = [(images[:, :, :-1], images[:, :, 1:]), (images[:, :-1], images[:, 1:])]
    found = [beside[(one >= DARK[0]) & (one <= DARK[1])] > BRIGHT
             for first, second in pairs for one, beside in ((first, second), (second, first))]
    return float(numpy.concatenate(found).mean())


def _axes():
    """How many principal axes hold 90 % of the raw images' variance."""
    variances = numpy.linalg.eigvalsh(numpy.cov(training_images()[:IMAGES], rowvar=False))[::-1]
    return int(numpy.searchsorted(variances.cumsum(), 0.9 * variances.sum())) + 1
