"""Claim 8: gamma and beta of ReLU, each learned or fixed."""
from ... import rules
from ...variants import OWN_BEST, POST, Comparison

HARDLY = 0.2  # points


def analyse(claim, sweep):
    compare = Comparison(claim, sweep, {"both": "both learned", "beta_only": "beta only", "gamma_only": "gamma only",
                                        "neither": "neither (1 and 0)"})
    gamma = compare.differences("both", "beta_only")
    beta = compare.differences("both", "gamma_only")
    compare.differences("both", "neither")
    places = (POST, OWN_BEST)
    conditions = {"gamma changes the error by no more than 0.2 points":
                  rules.both(*(rules.within(gamma[place], -HARDLY, HARDLY) for place in places)),
                  "beta lowers the error": rules.both(*(rules.below(beta[place]) for place in places))}
    rules.deciding(claim, "what learning gamma changes in test error, each at its best rate, points", gamma[OWN_BEST],
                   HARDLY, rules.POINTS)
    rules.decide(claim, conditions, "what learning beta changes in test error, each at its best rate, points",
                 beta[OWN_BEST], unit=rules.POINTS)
