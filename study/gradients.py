"""The gradient tables of a sweep without BN or with it, beside the post's; claims 1 and 2."""
from itertools import combinations

import numpy

from .kept import Cell
from .nets import weights
from .paired import interval, spread
from .post_tables import distance, log_ratios, post_table
from .resets import rises

X4 = "4x initial weights"
NETS = {"one_epoch": "one epoch", "x4": f"{X4}, one epoch", "rmsprop": "ten epochs, rmsprop", "sgd": "ten epochs, sgd",
        "x4_rmsprop": f"{X4}, ten epochs, rmsprop"}


def printed_run(sweep):
    """The run of the smallest seed, whose lines are printed, and which decides nothing."""
    return min(sweep.select(config="one_epoch"), key=lambda run: run.seed)


def deciding_runs(sweep, config="one_epoch"):
    return [run for run in sweep.select(config=config) if run.seed != printed_run(sweep).seed]


def put_tables(claim, sweep, normalized):
    """Keeps the norms that were printed, how far they are from the post's, what layers learned, and test errors."""
    _put_norms(claim, sweep, normalized)
    runs = deciding_runs(sweep)
    apart = interval([distance(run, normalized) for run in runs], ".3f")
    claim.put("distance", "all layers and rows", "mean of abs log10(ours / post's)", apart)
    claim.put("distance", "two seeds of ours, all pairs", "mean of abs log10(ours / post's)", spread(_pairs(runs), ".3f"))
    for config in sweep.values("config"):
        if not config.endswith("initial"):
            _put_learned(claim, sweep, config)


def level(run):
    """log10 of the geometric mean of each layer's norm over the post's iterations."""
    rows, norms = run.gradients
    chosen = [iteration in post_table(False) for iteration in rows[:, 1]]
    return numpy.log10(norms[chosen]).mean(axis=0)


def reset_rises(sweep, config):
    """{seed: [layer]} how much the error rises with the layer's initial values back, in points."""
    return {run.seed: rises(run, _start(run, sweep)) for run in deciding_runs(sweep, config)}


def put_resets(claim, config, by_seed):
    for layer, rise in enumerate(numpy.array(list(by_seed.values())).T, 1):
        claim.put("resets", NETS[config], f"{layer}", spread(rise, "+.1f"))


def _put_norms(claim, sweep, normalized):
    runs, printed = deciding_runs(sweep), printed_run(sweep)
    form = ".2f" if normalized else ".1e"
    levels = {"ours": _norms(runs), X4: _norms(deciding_runs(sweep, "x4"))}
    for iteration, post in post_table(normalized).items():
        claim.put("printed", f"{iteration}", "gradients.txt", Cell(text=printed.printed(iteration)))
        rows = {"post": post, **{name: by_iteration[iteration] for name, by_iteration in levels.items()}}
        for name, norms in rows.items():
            for layer, norm in enumerate(norms, 1):
                claim.put("gradients", f"{iteration}, {name}", f"{layer}", Cell(float(norm), form))
    claim.put("printed", "test error", "seed 1", Cell(printed.test_error, ".4g"))
    ratios = numpy.array([log_ratios(run, normalized).mean(axis=0) for run in runs])
    for layer, column in enumerate(ratios.T, 1):
        claim.put("ratios", "log10(ours / post's)", f"{layer}", spread(column, "+.2f"))


def _norms(runs):
    """{iteration: [layer]} geometric means over the seeds."""
    found = {}
    for iteration in post_table(False):
        logs = [numpy.log10(run.gradients[1][run.gradients[0][:, 1] == iteration][0]) for run in runs]
        found[iteration] = 10 ** numpy.mean(logs, axis=0)
    return found


def _pairs(runs):
    """Mean of abs log10 of the norms' ratios at the post's iterations, of every two runs."""
    logs = [numpy.log10(run.gradients[1][numpy.isin(run.gradients[0][:, 1], list(post_table(False)))]) for run in runs]
    return [float(numpy.abs(one - other).mean()) for one, other in combinations(logs, 2)]


def _put_learned(claim, sweep, config):
    runs = deciding_runs(sweep, config)
    moved = numpy.array([_moves(run, sweep) for run in runs])
    for layer, column in enumerate(moved.T, 1):
        claim.put("moved", NETS[config], f"{layer}", spread(column, ".2g"))
    claim.put("errors", NETS[config], "test error, %", spread([run.test_error for run in runs], ".2f", 100))


def _moves(run, sweep):
    """Each layer's change of weights in training against its initial weights' norm."""
    return [numpy.linalg.norm(after - before) / numpy.linalg.norm(before)
            for before, after in zip(weights(_start(run, sweep)), weights(run))]


def _start(run, sweep):
    """The run with the same seed whose step is too small to change a weight."""
    found, = sweep.select(config="x4_initial" if run.axes["config"].startswith("x4") else "initial", seed=run.seed)
    return found
