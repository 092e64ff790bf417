"""Beside the post's tables: the factor from layer to layer, measured and by mean-field theory, and why it is what it is."""
import numpy

from .. import rules
from ..kept import Cell
from ..nets import layer_count, read_model, training_images
from ..paired import interval
from ..post_tables import post_table
from ..strengths import NAMES

INNER = range(2, 10)  # layers whose factor neither the data nor the output layer enters
IMAGES = 2000
ROWS = {**NAMES, "sigmoid_bn_gamma2": "sigmoid with BN, gamma 2"}
TABLES = {"sigmoid": ("tables", False), "sigmoid_bn": ("tables_bn", True)}
FACTORS = "factors"


def analyse(claim, sweep):
    for config, name in ROWS.items():
        runs = sweep.select(config=config)
        if not runs:
            continue
        predicted = observed(runs[0], "predicted_factor")
        power = 1 if predicted > 1 else -1
        claim.put(FACTORS, name, "towards the first layer", Cell(text="grows" if power > 0 else "shrinks"))
        claim.put(FACTORS, name, "predicted", Cell(predicted**power, ".3f"))
        measured = interval([observed(run, "measured_factor")**power for run in runs], ".3f")
        claim.put(FACTORS, name, "measured, iteration 1", measured)
        if config in TABLES:
            _put_tables(claim, name, sweep.select(config=TABLES[config][0]), TABLES[config][1], power)
        if "bn" not in config:
            _put_variances(claim, name, runs, "relu" if config == "relu" else "sigmoid")


def observed(run, quantity):
    """The geometric mean of a quantity of the first iteration over the inner layers."""
    values = run.layers
    return float(numpy.exp(numpy.mean([numpy.log(values[1, 1, layer, quantity]) for layer in INNER])))


def table_factor(norms, power):
    """From layer 10 to layer 2 of a row of norms, a layer."""
    return float((norms[INNER[0] - 1] / norms[INNER[-1]])**(power / len(INNER)))


def _put_tables(claim, name, runs, normalized, power):
    """The factor of the post's rows, and of ours at the same iterations."""
    post = post_table(normalized)
    factors = [table_factor(norms, power) for norms in post.values()]
    claim.put(FACTORS, name, "post's table", Cell(text=f"{min(factors):.2f}–{max(factors):.2f}"))
    ours = []
    for run in runs:
        rows, norms = run.gradients
        chosen = [table_factor(line, power) for (_, iteration), line in zip(rows, norms) if iteration in post]
        ours.append(numpy.exp(numpy.log(chosen).mean()))
    claim.put(FACTORS, name, "our table", interval(ours, ".3f"))


def _put_variances(claim, name, runs, activation):
    """How much a unit's input differs among images, by layer, at the initial values."""
    variances = numpy.array([input_variances(read_model(run), training_images()[:IMAGES], activation) for run in runs])
    for layer in range(variances.shape[1] - 1):
        claim.put("variances", name, f"{layer + 1}", Cell(float(variances[:, layer].mean()), ".2g", n=len(runs)))
    falls = interval((variances[:, 4] / variances[:, 1])**(1 / 3), ".3f")
    claim.put("falls", name, "measured factor a layer, layers 2 to 5", falls)
    claim.put("falls", name, "predicted", Cell(observed(runs[0], "predicted_factor")**2, ".3f"))


def input_variances(model, images, activation):
    """The variance over images of W x + b, mean over the units of each layer."""
    values, found = images.astype(float), []
    for layer in range(layer_count(model)):
        sums = values @ model[f"layers.{layer}.weight"].T.astype(float) + model[f"layers.{layer}.bias"]
        found.append(sums.var(axis=0).mean())
        values = numpy.maximum(sums, 0) if activation == "relu" else 1 / (1 + numpy.exp(-sums))
    return found
