"""Claim 13: what it costs to test with the last epoch's averages. A warning, no claim of the post's."""
from ... import rules
from ...kept import WARNING
from ...paired import difference, spread
from ...runs import rate_text
from ...variants import FIRST, LAST, error_after

NAMES = {"sigmoid": "sigmoid", "relu": "ReLU"}
SOURCES = ("last_epoch", "moving_average", "population")
EPOCHS = {FIRST: "after one epoch", LAST: "in the end"}
DECIDING = "relu", 4e-4, "last_epoch", FIRST


def analyse(claim, sweep):
    costs = {}
    for config, name in NAMES.items():
        for rate in sweep.numbers("learning_rate"):
            row = f"{name}, {rate_text(rate)}"
            found = {(source, epoch): _errors(sweep, config, rate, source, epoch) for source in SOURCES for epoch in EPOCHS}
            for (source, epoch), errors in found.items():
                claim.put("errors", row, _column(source, epoch), spread(errors.values(), ".2f", 100))
                if source != "population":
                    cost = difference(errors, found["population", epoch], "+.2f", 100)
                    claim.put("costs", row, _column(source, epoch), cost)
                    claim.put("costs by rate", f"{name}, {_column(source, epoch)}", rate_text(rate), cost)
                    costs[config, rate, source, epoch] = cost
            claim.put("costs", row, "the test set's own deviation",
                      rules.test_sd(sum(found["population", LAST].values()) / len(found["population", LAST])))
    figure = "ReLU at 4e-4 after one epoch: test error with last-epoch averages less population, points"
    rules.deciding(claim, figure, costs[DECIDING], unit=rules.POINTS)
    claim.decide(WARNING, figure, costs[DECIDING])


def _column(source, epoch):
    return f"{source.replace('_', ' ')}, {EPOCHS[epoch]}"


def _errors(sweep, config, rate, source, epoch):
    return sweep.by_seed(lambda run: error_after(run, epoch), config=config, learning_rate=rate, inference=source)
