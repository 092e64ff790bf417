"""Variants of a net compared by their test error, at each learning rate and each at its own best one; claims 5 to 8."""
from .paired import difference, mean, spread
from .runs import rate_text, test_error

PERCENT = 100
POINTS = "+.2f"  # percentage points
OWN_BEST = "each at its best rate"


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
