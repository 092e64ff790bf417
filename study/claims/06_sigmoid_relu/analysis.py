"""Claim 6: sigmoid against ReLU, with BN and without."""
from ... import rules
from ...variants import OWN_BEST, POST, Comparison


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {"sigmoid_bn": "sigmoid with BN", "gamma2_bn": "sigmoid with BN, gamma 2",
                                        "relu_bn": "ReLU with BN", "prelu_bn": "PReLU with BN",
                                        "sigmoid_x4": "sigmoid, 4x initial weights", "relu": "ReLU"})
    with_bn = compare.differences("sigmoid_bn", "relu_bn")
    without = compare.differences("sigmoid_x4", "relu")[OWN_BEST]
    for pair in (("sigmoid_bn", "prelu_bn"), ("gamma2_bn", "relu_bn"), ("gamma2_bn", "sigmoid_bn"),
                 ("sigmoid_x4", "sigmoid_bn"), ("relu", "relu_bn")):
        compare.differences(*pair)
    conditions = {f"with BN, sigmoid is worse {place}": rules.above(with_bn[place]) for place in (POST, OWN_BEST)}
    conditions["without BN, sigmoid (4x initial weights) is worse each at its best rate"] = rules.above(without)
    rules.decide(claim, conditions, "with BN, test error of sigmoid less ReLU, each at its best rate, points",
                 with_bn[OWN_BEST], unit=rules.POINTS)
