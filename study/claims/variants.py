"""Claims 5 to 8: variants of a net compared by their test error, at each learning rate and each at its own best one."""
from .. import rules
from ..kept import Claim
from ..paired import difference, mean, spread
from ..runs import rate_text, test_error

PERCENT = 100
POINTS = "+.2f"  # percentage points
OWN_BEST = "each at its best rate"
MARGIN = 0.1  # points: ten of the 10,000 test images
HARDLY = 0.2


class Comparison:
    """The test errors of a sweep over `config`, learning rate and seed, and paired differences among them."""

    def __init__(self, claim, sweep, names):
        self.claim, self.sweep, self.names = claim, sweep, names
        self.rates = sweep.numbers("learning_rate")
        self.places = [rate_text(rate) for rate in self.rates] + [OWN_BEST]
        for config, name in names.items():
            for rate in self.rates:
                errors = sweep.by_seed(test_error, config=config, learning_rate=rate)
                claim.put("errors", name, rate_text(rate), spread(errors.values(), ".2f", PERCENT))
            claim.put("errors", name, "best rate", spread(self._own_best(config).values(), ".2f", PERCENT))
        self._put_epochs()

    def differences(self, first, second):
        """{place: test error of first less that of second, in points}; also kept."""
        found = {}
        for rate, place in zip(self.rates, self.places):
            found[place] = difference(*(self.sweep.by_seed(test_error, config=config, learning_rate=rate)
                                        for config in (first, second)), POINTS, PERCENT)
        found[OWN_BEST] = difference(self._own_best(first), self._own_best(second), POINTS, PERCENT)
        for place, cell in found.items():
            self.claim.put("differences", f"{self.names[first]} less {self.names[second]}", place, cell)
        return found

    @property
    def deciding(self):
        """{in words: place} of the post's rate and of each variant's best one."""
        return {"at the post's rate": self.places[0], OWN_BEST: OWN_BEST}

    def _own_best(self, config):
        by_rate = [self.sweep.by_seed(test_error, config=config, learning_rate=rate) for rate in self.rates]
        return min(by_rate, key=lambda errors: mean(errors.values()))

    def _put_epochs(self):
        for config, name in self.names.items():
            runs = [run for run in self.sweep.select(config=config, learning_rate=self.rates[0]) if not run.diverged]
            for epoch in range(min((len(run.epochs["test_error"]) for run in runs), default=0)):
                errors, losses = ([run.epochs[measure][epoch] for run in runs]
                                  for measure in ("test_error", "train_loss"))
                self.claim.put("error by epoch", name, f"{epoch + 1}", spread(errors, ".2f", PERCENT))
                self.claim.put("loss by epoch", name, f"{epoch + 1}", spread(losses, ".3f"))


def gamma_two(sweep):
    claim = Claim(5)
    compare = Comparison(claim, sweep, {"learned": "gamma and beta learned", "gamma2": "gamma fixed at 2",
                                        "gamma1": "neither (1 and 0)"})
    found = compare.differences("gamma2", "learned")
    compare.differences("gamma1", "learned")
    conditions = {f"as good, {words}": rules.at_most(found[place], MARGIN)
                  for words, place in compare.deciding.items()}
    rules.decide(claim, conditions, "test error with gamma 2 less learned, post's rate, points",
                 found[compare.places[0]])
    return claim


def sigmoid_relu(sweep):
    claim = Claim(6)
    compare = Comparison(claim, sweep, {"sigmoid_bn": "sigmoid with BN", "relu_bn": "ReLU with BN",
                                        "relu": "ReLU without BN"})
    found = compare.differences("sigmoid_bn", "relu_bn")
    compare.differences("sigmoid_bn", "relu")
    rules.decide(claim, {f"sigmoid is worse, {words}": rules.above(found[place])
                         for words, place in compare.deciding.items()},
                 "test error of sigmoid less ReLU, each at its best rate, points", found[OWN_BEST])
    return claim


def placement(sweep):
    claim = Claim(7)
    compare = Comparison(claim, sweep, {"relu_before": "ReLU, BN before", "relu_after": "ReLU, BN after",
                                        "sigmoid_before": "sigmoid, BN before", "sigmoid_after": "sigmoid, BN after"})
    found = compare.differences("relu_after", "relu_before")
    compare.differences("sigmoid_after", "sigmoid_before")
    rules.decide(claim, {f"BN after is better, {words}": rules.below(found[place])
                         for words, place in compare.deciding.items()},
                 "test error of ReLU, BN after less before, each at its best rate, points", found[OWN_BEST])
    return claim


def relu_gamma_beta(sweep):
    claim = Claim(8)
    compare = Comparison(claim, sweep, {"both": "both learned", "beta_only": "beta only", "gamma_only": "gamma only",
                                        "neither": "neither (1 and 0)"})
    gamma = compare.differences("both", "beta_only")
    beta = compare.differences("both", "gamma_only")
    compare.differences("both", "neither")
    places = compare.deciding.values()
    conditions = {"gamma changes the error by no more than 0.2 points":
                  rules.both(*(rules.within(gamma[place], -HARDLY, HARDLY) for place in places)),
                  "beta lowers the error": rules.both(*(rules.below(beta[place]) for place in places))}
    rules.decide(claim, conditions, "what learning beta changes in test error, each at its best rate, points",
                 beta[OWN_BEST])
    return claim
