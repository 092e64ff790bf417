"""A net in numpy, written from the formulas of the post and of mean-field theory alone: it shares no line with bnrun or study/.

Initial values: the post's published program draws weights and biases from N(0, 2 / (in + out) / 1.04).
"""
import gzip
import os
from pathlib import Path

import numpy

DEPTH, WIDTH, BATCH, CLASSES = 10, 200, 200, 10


def mnist(part):
    """(images [n, 784] from 0 to 1, labels [n]); part is "train" or "t10k"."""
    directory = Path(os.environ.get("BNRUN_DATA_DIR", "data/mnist"))
    images, labels = (_bytes(directory / f"{part}-{kind}-ubyte") for kind in ("images-idx3", "labels-idx1"))
    return numpy.frombuffer(images, numpy.uint8, offset=16).reshape(-1, 784) / 255, numpy.frombuffer(labels, numpy.uint8, offset=8)


def _bytes(path):
    return path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())


def sigmoid(z):
    return 1 / (1 + numpy.exp(-z))


def relu(z):
    return numpy.maximum(z, 0)


def slope(function, z):
    if function is relu:
        return (z > 0).astype(z.dtype)
    value = sigmoid(z)
    return value * (1 - value)


def draw(random, gain=1.0, kind=float, sizes=(784, *[WIDTH] * DEPTH, CLASSES)):
    """[(weights [out, in], biases [out])], all times `gain`."""
    deviations = [gain * numpy.sqrt(2 / (inputs + outputs) / 1.04) for inputs, outputs in zip(sizes, sizes[1:])]
    return [(deviation * random.standard_normal((outputs, inputs)).astype(kind), deviation * random.standard_normal(outputs).astype(kind))
            for deviation, inputs, outputs in zip(deviations, sizes, sizes[1:])]


def gradients(layers, images, labels, function, normalized=False, gamma=1.0):
    """(cross-entropy of the batch, [(gradient of weights, of biases)]).

    With `normalized` a hidden layer is function(gamma * xhat), xhat = (z - mean) / sd over the batch.
    """
    outputs, kept = [images], []
    for weight, bias in layers[:-1]:
        z = outputs[-1] @ weight.T + bias
        deviation = numpy.sqrt(z.var(axis=0) + 1e-10) if normalized else None
        hidden = gamma * (z - z.mean(axis=0)) / deviation if normalized else z
        kept.append((hidden, deviation))
        outputs.append(function(hidden))
    logits = outputs[-1] @ layers[-1][0].T + layers[-1][1]
    below = logits - logits.max(axis=1, keepdims=True)
    logs = below - numpy.log(numpy.exp(below).sum(axis=1, keepdims=True))
    rows = numpy.arange(len(labels))
    delta = numpy.exp(logs)
    delta[rows, labels] -= 1
    delta /= len(labels)
    found = [(delta.T @ outputs[-1], delta.sum(axis=0))]
    for place in range(len(layers) - 2, -1, -1):
        hidden, deviation = kept[place]
        delta = (delta @ layers[place + 1][0]) * slope(function, hidden)
        if normalized:  # dz = gamma / sd (dy - mean(dy) - xhat mean(dy xhat))
            xhat = hidden / gamma
            delta = gamma / deviation * (delta - delta.mean(axis=0) - xhat * (delta * xhat).mean(axis=0))
        found.insert(0, (delta.T @ outputs[place], delta.sum(axis=0)))
    return -logs[rows, labels].mean(), found


def logits_of(layers, images, function):
    """Of a net without normalization."""
    values = images
    for weight, bias in layers[:-1]:
        values = function(values @ weight.T + bias)
    return values @ layers[-1][0].T + layers[-1][1]
