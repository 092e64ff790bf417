"""Claim 7: BN before and after the activation."""
from ... import rules
from ...variants import OWN_BEST, Comparison


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {"relu_before": "ReLU, BN before", "relu_after": "ReLU, BN after",
                                        "sigmoid_before": "sigmoid, BN before", "sigmoid_after": "sigmoid, BN after"})
    found = compare.differences("relu_after", "relu_before")
    compare.differences("sigmoid_after", "sigmoid_before")
    rules.decide(claim, {f"BN after is better, {words}": rules.below(found[place])
                         for words, place in compare.deciding.items()},
                 "test error of ReLU, BN after less before, each at its best rate, points", found[OWN_BEST])
