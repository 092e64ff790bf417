"""Claim 6: sigmoid against ReLU, both with BN."""
from ... import rules
from ...variants import OWN_BEST, Comparison


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {"sigmoid_bn": "sigmoid with BN", "relu_bn": "ReLU with BN",
                                        "relu": "ReLU without BN"})
    found = compare.differences("sigmoid_bn", "relu_bn")
    compare.differences("sigmoid_bn", "relu")
    rules.decide(claim, {f"sigmoid is worse, {words}": rules.above(found[place])
                         for words, place in compare.deciding.items()},
                 "test error of sigmoid less ReLU, each at its best rate, points", found[OWN_BEST])
