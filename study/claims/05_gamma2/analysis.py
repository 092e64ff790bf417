"""Claim 5: gamma fixed at 2 against gamma and beta learned."""
from ... import rules
from ...variants import Comparison

MARGIN = 0.1  # points: ten of the 10,000 test images


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {"learned": "gamma and beta learned", "gamma2": "gamma fixed at 2",
                                        "gamma1": "neither (1 and 0)"})
    found = compare.differences("gamma2", "learned")
    compare.differences("gamma1", "learned")
    conditions = {f"as good, {words}": rules.at_most(found[place], MARGIN)
                  for words, place in compare.deciding.items()}
    rules.decide(claim, conditions, "test error with gamma 2 less learned, post's rate, points",
                 found[compare.places[0]])
