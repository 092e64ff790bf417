"""How much of something a net wants with BN and without: what claims 9 to 11 and 15 share."""
from .kept import Cell
from .paired import difference, mean, spread
from .runs import rate_text, test_error

NAMES = {"sigmoid": "sigmoid", "sigmoid_x4": "sigmoid, 4x initial weights", "sigmoid_bn": "sigmoid with BN", "relu": "ReLU",
         "relu_bn": "ReLU with BN"}


def put_errors(claim, sweep, axis):
    for config in sweep.values("config"):
        for value in sweep.numbers(axis):
            errors = sweep.by_seed(test_error, config=config, **{axis: value})
            claim.put("errors", NAMES[config], rate_text(value), spread(errors.values(), ".2f", 100))


def best_gain(errors, claim, name):
    """The error of the best amount above 0 less that of 0: in points, corrected for the choice; and {seed: of 1}."""
    amounts = [amount for amount in errors if amount > 0]
    best = min(amounts, key=lambda amount: mean(errors[amount].values()))
    gain = difference(errors[best], errors[0.0], "+.2f", 100, comparisons=len(amounts))
    claim.put("best", name, "best above 0", Cell(text=rate_text(best)))
    claim.put("best", name, "its error less that of 0, points", gain)
    return gain, {seed: error - errors[0.0][seed] for seed, error in errors[best].items() if seed in errors[0.0]}


def best_by_seed(errors):
    seeds = set.intersection(*(set(by_seed) for by_seed in errors.values()))
    return {seed: min(errors, key=lambda amount: errors[amount][seed]) for seed in sorted(seeds)}
