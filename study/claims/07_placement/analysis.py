"""Claim 7: BN before and after the activation."""
from ... import rules
from ...variants import OWN_BEST, POST, Comparison


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {f"{net}_{place}": f"{name}, BN {place}" for net, name in
                                        (("relu", "ReLU"), ("prelu", "PReLU"), ("sigmoid", "sigmoid"))
                                        for place in ("before", "after")})
    found = {net: compare.differences(f"{net}_after", f"{net}_before") for net in ("relu", "prelu", "sigmoid")}
    conditions = {f"ReLU: BN after is better {place}": rules.below(found["relu"][place]) for place in (POST, OWN_BEST)}
    rules.decide(claim, conditions, "test error of ReLU, BN after less before, each at its best rate, points",
                 found["relu"][OWN_BEST], unit=rules.POINTS)
