"""Variants of a net compared by their test error, at the post's learning rate and each at its own best one; claims 5 to 8."""
from dataclasses import replace

from . import rules
from .kept import Cell
from .paired import difference, mean, spread
from .runs import GUESSING, rate_text, test_error

PERCENT = 100
POINTS = "+.2f"  # percentage points
POST, OWN_BEST = "at the post's rate", "each at its best rate"
SUFFIX = {OWN_BEST: "", POST: "_post"}  # of a config's name
FIRST, LAST = 0, -1  # epochs


class Comparison:
    """The test errors of a deciding sweep, whose configs are nets at their best rates and, as NET_post, at the post's.

    What was selected, and the validation errors at every rate, are kept beside them.
    """

    def __init__(self, claim, sweep, names):
        self.claim, self.sweep, self.names = claim, sweep, names
        name_choices(claim, names)
        for config, name in names.items():
            put_selection(claim, config, name, "learning_rate")
            for place in self._places(config):
                claim.put("errors", name, place, error_cell(sweep.select(config=config + SUFFIX[place])))
            claim.put("errors", name, "the test set's own deviation", rules.test_sd(mean(self.errors(config).values())))
        for place in SUFFIX:
            self._put_epochs(place)

    def errors(self, config, place=OWN_BEST, epoch=LAST):
        """{seed: test error after an epoch}"""
        return self.sweep.by_seed(lambda run: error_after(run, epoch), config=config + SUFFIX[place])

    def differences(self, first, second, epoch=LAST, table="differences"):
        """{place: test error of first less that of second, in points}; also kept."""
        found = {}
        for place in self._places(first, second):
            found[place] = difference(self.errors(first, place, epoch), self.errors(second, place, epoch), POINTS, PERCENT)
            self.claim.put(table, f"{self.names[first]} less {self.names[second]}", place, found[place])
        return found

    def _places(self, *configs):
        there = self.sweep.values("config")
        return [place for place, suffix in SUFFIX.items() if all(config + suffix in there for config in configs)]

    def _put_epochs(self, place):
        for config, name in self.names.items():
            runs = [run for run in self.sweep.select(config=config + SUFFIX[place]) if not run.diverged]
            for epoch in range(min((len(run.epochs["test_error"]) for run in runs), default=0)):
                errors, losses = ([run.epochs[measure][epoch] for run in runs] for measure in ("test_error", "train_loss"))
                self.claim.put(f"error by epoch, {place}", name, f"{epoch + 1}", spread(errors, ".2f", PERCENT))
                self.claim.put(f"loss by epoch, {place}", name, f"{epoch + 1}", spread(losses, ".3f"))


def name_choices(claim, names):
    """Has the table of what was chosen say the nets' names."""
    claim.choices = [replace(chosen, base=names.get(chosen.base, chosen.base)) for chosen in claim.choices]


def put_selection(claim, config, name, axis, **conditions):
    """Keeps a net's validation errors in the selection, by an axis."""
    for value in claim.selection.numbers(axis):
        runs = claim.selection.select(config=config, **{axis: value}, **conditions)
        claim.put("selection", name, rate_text(value), error_cell(runs, validation_error))


def error_cell(runs, measure=test_error, form=".2f"):
    """Mean and deviation of the runs' errors, in percent; or how many of them diverged."""
    diverged = sum(run.diverged for run in runs)
    return Cell(text=f"diverged, {diverged}/{len(runs)}") if diverged else spread(map(measure, runs), form, PERCENT)


def validation_error(run):
    return GUESSING if run.diverged else run.number("validation_error")


def error_after(run, epoch):
    """The test error after an epoch, FIRST or LAST; where a run had diverged by then, it guesses."""
    if epoch == LAST:
        return run.test_error
    reached = run.epochs["test_error"]
    return float(reached[epoch]) if len(reached) else run.test_error
