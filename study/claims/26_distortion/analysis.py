"""Claim 26: with BN one trains fewer epochs, and so should distort images less."""
from ... import rules
from ...kept import Cell
from ...paired import difference, interval, mean, spread
from ...runs import test_error
from ...variants import name_choices

FEW, MANY = 3, 15
NETS = {"relu": "ReLU", "relu_bn": "ReLU with BN"}


def analyse(claim, sweep):
    sizes = sweep.numbers("shift")
    name_choices(claim, {f"{net}_{epochs}": f"{name}, {epochs} epochs" for net, name in NETS.items() for epochs in (FEW, MANY)})
    errors = {}
    for net, name in NETS.items():
        for epochs in (FEW, MANY):
            for size in sizes:
                found = errors[net, epochs, size] = sweep.by_seed(test_error, config=f"{net}_{epochs}", shift=size)
                claim.put("errors", f"{name}, {epochs} epochs", f"shift {size:g}", spread(found.values(), ".2f", 100))
            best = min(sizes, key=lambda size: mean(errors[net, epochs, size].values()))
            claim.put("best", f"{name}, {epochs} epochs", "shift of the lowest error", Cell(text=f"{best:g}"))
            claim.put("gains", f"{name}, {epochs} epochs", "shift 1 less none, points",
                      interval(_gain(errors, net, epochs, 1, 0).values(), "+.2f", 100))
            claim.put("gains", f"{name}, {epochs} epochs", "shift 2 less 1, points",
                      interval(_gain(errors, net, epochs, 2, 1).values(), "+.2f", 100))
    fewer = difference(_gain(errors, "relu_bn", FEW, 1, 0), _gain(errors, "relu_bn", MANY, 1, 0), "+.2f", 100)
    against = difference(_gain(errors, "relu_bn", FEW, 1, 0), _gain(errors, "relu", MANY, 1, 0), "+.2f", 100)
    stronger = difference(_gain(errors, "relu_bn", FEW, 2, 1), _gain(errors, "relu", MANY, 2, 1), "+.2f", 100)
    for words, cell in (("with BN, 3 epochs less 15", fewer), ("with BN and 3 epochs less without and 15", against),
                        ("the same, for shift 2 less 1", stronger)):
        claim.put("figures", words, "effect of distortion, points", cell)
    conditions = {"with BN, distortion helps less after 3 epochs than after 15": rules.above(fewer),
                  "with BN after 3 epochs it helps less than without BN after 15": rules.above(against),
                  "and so does more distortion": rules.above(stronger)}
    rules.decide(claim, conditions, "effect of distortion on the error, BN and 3 epochs less no BN and 15, points", against,
                 unit=rules.POINTS)


def _gain(errors, net, epochs, more, less):
    """{seed: error with the larger distortion less that with the smaller}; negative where it helps."""
    larger, smaller = errors[net, epochs, more], errors[net, epochs, less]
    return {seed: larger[seed] - smaller[seed] for seed in sorted(set(larger) & set(smaller))}
