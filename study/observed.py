"""What runs logged in layers.csv, and the wordings that the claims of it share."""
import csv

import numpy

NETS = {"sigmoid": "sigmoid", "sigmoid_x4": "sigmoid, 4x initial weights", "sigmoid_bn": "sigmoid with BN",
        "relu": "ReLU", "relu_bn": "ReLU with BN"}


def observed(run, quantity):
    """{(epoch, iteration): {layer: value}} of one quantity, in the order in which it was logged; layer 0 is the net."""
    return observed_all(run, (quantity,))[quantity]


def observed_all(run, quantities):
    """{quantity: as observed() has it}, the file being read once."""
    found = {quantity: {} for quantity in quantities}
    with open(run.directory / "layers.csv", newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["quantity"] in found:
                moments = found[row["quantity"]]
                moment = int(row["epoch"]), int(row["iteration"])
                moments.setdefault(moment, {})[int(row["layer"])] = float(row["value"])
    return found


def by_layer(moments, moment, layers):
    """A moment's values for layers 1 to `layers` as an array; NaN where there is none."""
    values = moments.get(moment, {})
    return numpy.array([values.get(layer, numpy.nan) for layer in range(1, layers + 1)])
