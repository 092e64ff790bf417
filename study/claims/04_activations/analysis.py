"""Claim 4: how far a sigmoid net's activations spread, with gamma and beta and without."""
import numpy

from ... import rules
from ...nets import read_model, sigmoid_activations, training_images
from ...paired import difference, interval, spread

IMAGES = 2000
MODELS = {"10 iterations": (1, 10), "1 epoch": (1, 300), "5 epochs": (5, 300)}
QUANTILES = (0.001, 0.01, 0.05, 0.5, 0.95, 0.99, 0.999)
LOW, HIGH = 0.1, 0.9
NAMES = {"learned": "gamma and beta learned", "fixed": "neither (1 and 0)", "gamma2": "gamma fixed at 2",
         "learned_fast": "learned, rate 4e-4", "fixed_fast": "neither, rate 4e-4"}


def analyse(claim, sweep):
    inside, reach = {}, {}
    for config, name in NAMES.items():
        runs = sweep.select(config=config)
        for length, moment in MODELS.items():
            outputs = {run.seed: _outputs(run, *moment) for run in runs}
            shares = {seed: ((values >= LOW) & (values <= HIGH)).mean(axis=(1, 2)) for seed, values in outputs.items()}
            inside[config] = {seed: float(share.mean()) for seed, share in shares.items()}  # in the end, of the longest
            claim.put("inside", name, length, spread(inside[config].values(), ".2f", 100))
        quantiles = {seed: numpy.quantile(values, QUANTILES) for seed, values in outputs.items()}
        for column, quantile in enumerate(QUANTILES):
            claim.put("quantiles", name, f"{100 * quantile:g} %", spread([of[column] for of in quantiles.values()], ".3f"))
        reach[config] = {seed: float(of[-1] - of[0]) for seed, of in quantiles.items()}
        for layer, column in enumerate(numpy.array(list(shares.values())).T, 1):
            claim.put("layers", name, f"{layer}", spread(column, ".1f", 100))
    _decide(claim, inside, reach)


def _outputs(run, epoch, iteration):
    """Activations [layer, image, unit] of a run's model after an iteration, for the first training images."""
    last = max((run.directory / "snapshots").iterdir(), key=lambda path: [int(part) for part in path.stem.split("_")[1::2]])
    wanted = run.directory / "snapshots" / f"epoch_{epoch}_iteration_{iteration}.safetensors"
    model = read_model(run, f"snapshots/{(wanted if wanted.exists() else last).name}")
    return numpy.array(sigmoid_activations(model, training_images()[:IMAGES]))


def _decide(claim, inside, reach):
    fixed = interval(inside["fixed"].values(), ".2f", 100)
    fewer = difference(inside["learned"], inside["fixed"], "+.2f", 100)
    further = difference(reach["learned"], reach["fixed"], "+.4f")
    for first, second in (("learned", "fixed"), ("learned_fast", "fixed_fast"), ("gamma2", "fixed")):
        row = f"{NAMES[first]} less {NAMES[second]}"
        claim.put("differences", row, "share inside, points", difference(inside[first], inside[second], "+.2f", 100))
        claim.put("differences", row, "from the 0.1 % to the 99.9 % quantile", difference(reach[first], reach[second], "+.4f"))
    conditions = {"neither: at least 95 % within 0.1 to 0.9": rules.within(fixed, 95, 100),
                  "learned: fewer": rules.below(fewer),
                  "learned: the middle 99.8 % reach further": rules.above(further)}
    rules.decide(claim, conditions, "share inside [0.1, 0.9], learned less neither, points", fewer, partly=2,
                 unit=rules.POINTS)
