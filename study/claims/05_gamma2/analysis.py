"""Claim 5: gamma fixed at 2 against gamma and beta learned."""
from ... import rules
from ...variants import FIRST, OWN_BEST, Comparison


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {"learned": "gamma and beta learned", "gamma2": "gamma fixed at 2",
                                        "gamma1": "neither (1 and 0)", "sigmoid_x4": "without BN, 4x initial weights"})
    last = compare.differences("gamma2", "learned")
    first = compare.differences("gamma2", "learned", FIRST, "differences after one epoch")
    for other in ("gamma1", "sigmoid_x4"):
        compare.differences(other, "learned")
        compare.differences(other, "learned", FIRST, "differences after one epoch")
    conditions = {f"gamma 2 is {words}, {place}": rules.below(found[place])
                  for words, found in (("better in the end", last), ("better after one epoch", first)) for place in last}
    rules.deciding(claim, "test error after one epoch with gamma 2 less learned, each at its best rate, points",
                   first[OWN_BEST], unit=rules.POINTS)
    rules.decide(claim, conditions, "test error with gamma 2 less learned, each at its best rate, points",
                 last[OWN_BEST], unit=rules.POINTS)
