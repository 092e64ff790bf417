"""The gradient tables of a sweep without BN or with it, beside the post's; claims 1 and 2."""
import numpy

from .kept import Cell
from .nets import weights
from .paired import interval, spread
from .post_tables import distance, log_ratios, post_table


def put_tables(claim, sweep, normalized):
    """Keeps the norms that were printed, how far they are from the post's, how far weights moved, and test errors."""
    runs = sweep.select(config="one_epoch")
    printed = min(runs, key=lambda run: run.seed)
    form = ".2f" if normalized else ".1e"
    layers = [f"{layer + 1}" for layer in range(printed.gradients[1].shape[1])]
    ratios = numpy.array([log_ratios(run, normalized) for run in runs])
    for (iteration, post), ratio in zip(post_table(normalized).items(), numpy.moveaxis(ratios, 1, 0)):
        claim.put("printed", f"{iteration}", "gradients.txt", Cell(text=printed.printed(iteration)))
        for layer, name in enumerate(layers):
            claim.put("gradients", f"{iteration}, post", name, Cell(float(post[layer]), form))
            ours = post[layer] * 10 ** ratio[:, layer].mean()
            claim.put("gradients", f"{iteration}, ours", name, Cell(float(ours), form))
    for layer, name in enumerate(layers):
        claim.put("ratios", "log10(ours / post's)", name, spread(ratios[:, :, layer].mean(axis=1), "+.2f"))
    claim.put("distance", "all layers and rows", "mean of abs log10(ours / post's)",
              interval([distance(run, normalized) for run in runs], ".3f"))
    for name in ("one_epoch", "ten_epochs"):
        moved = numpy.array([weight_changes(run, sweep) for run in sweep.select(config=name)])
        for layer, column in enumerate(layers):
            claim.put("moved", name.replace("_", " "), column, spread(moved[:, layer], ".2f"))
        errors = [run.test_error for run in sweep.select(config=name)]
        claim.put("errors", name.replace("_", " "), "test error, %", spread(errors, ".2f", 100))
    claim.put("printed", "test error", "seed 1", Cell(printed.test_error, ".4g"))


def level(run):
    """log10 of the geometric mean of each layer's norm over the post's iterations."""
    rows, norms = run.gradients
    chosen = [iteration in post_table(False) for iteration in rows[:, 1]]
    return numpy.log10(norms[chosen]).mean(axis=0)


def weight_changes(run, sweep):
    """Each layer's change of weights in training against its initial weights' norm."""
    start, = sweep.select(config="initial", seed=run.seed)
    return numpy.array([numpy.linalg.norm(after - before) / numpy.linalg.norm(before)
                        for before, after in zip(weights(start), weights(run))])
