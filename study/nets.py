"""Models and data outside bnrun: reads safetensors and MNIST, preprocesses, and runs a net forward with numpy."""
import gzip
import json
import os
from functools import lru_cache
from pathlib import Path

import numpy

TYPES = {"F32": "<f4", "F64": "<f8"}
WHITENING_REGULARISATION = 1e-2


def read_model(run, name="model.safetensors"):
    """{tensor's name: array} of a run's model, or of another safetensors file in its directory"""
    blob = (run.directory / name).read_bytes()
    size = int.from_bytes(blob[:8], "little")
    header = json.loads(blob[8:8 + size])
    data = blob[8 + size:]
    return {name: numpy.frombuffer(data[slice(*entry["data_offsets"])], TYPES[entry["dtype"]]).reshape(entry["shape"])
            for name, entry in header.items() if name != "__metadata__"}


def weights(run):
    """The weight matrices [out, in] of a run's model, first layer first."""
    model = read_model(run)
    return [model[f"layers.{layer}.weight"].astype(float) for layer in range(layer_count(model))]


def layer_count(model):
    return sum(name.endswith(".weight") for name in model)


@lru_cache
def training_images():
    """MNIST's training images [60000, 784] in [0, 1]"""
    return _idx("train-images-idx3-ubyte", 16).reshape(-1, 784).astype(numpy.float32) / 255


@lru_cache
def test_set():
    """MNIST's test images [10000, 784] in [0, 1], and their labels"""
    images = _idx("t10k-images-idx3-ubyte", 16).reshape(-1, 784).astype(numpy.float32) / 255
    return images, _idx("t10k-labels-idx1-ubyte", 8)


def _idx(name, header):
    """The bytes of an IDX file, plain or gzip, after its header."""
    path = Path(os.environ.get("BNRUN_DATA_DIR", "data/mnist")) / name
    blob = path.read_bytes() if path.exists() else gzip.decompress(path.with_name(path.name + ".gz").read_bytes())
    return numpy.frombuffer(blob, numpy.uint8, offset=header)


def preprocessed(scheme, count):
    """The first `count` training images after a preprocessing that was fitted to all of them, as bnrun does it."""
    images = training_images()
    if scheme == "none":
        return images[:count]
    mean = images.mean(axis=0, dtype=float)
    centred = images[:count] - mean
    if scheme == "center":
        return centred
    if scheme == "zscore":
        deviation = images.std(axis=0, ddof=1, dtype=float)
        return centred / numpy.where(deviation > 0, deviation, 1)
    variances, axes = _principal_axes()
    whitened = centred @ axes / numpy.sqrt(variances + WHITENING_REGULARISATION)
    return whitened if scheme == "pca" else whitened @ axes.T


@lru_cache
def _principal_axes():
    images = training_images()
    covariance = numpy.cov(images, rowvar=False)
    variances, axes = numpy.linalg.eigh(covariance)
    return numpy.maximum(variances, 0), axes


def sigmoid_activations(model, images):
    """Outputs of every hidden layer [layer][image, unit] of a sigmoid net with BN before the activation.

    Normalized by the mean and variance over these images, as in training.
    """
    outputs = []
    values = images.astype(float)
    for layer in range(layer_count(model) - 1):
        sums = values @ model[f"layers.{layer}.weight"].T.astype(float)
        normalized = (sums - sums.mean(axis=0)) / numpy.sqrt(sums.var(axis=0) + 1e-10)
        scaled = model[f"layers.{layer}.gamma"] * normalized + model[f"layers.{layer}.beta"]
        values = 1 / (1 + numpy.exp(-scaled))
        outputs.append(values)
    return outputs


def smaller_sides(weight, bias, images):
    """The share of images on the smaller side of each unit's hyperplane [unit]"""
    positive = (images @ weight.T + bias > 0).mean(axis=0)
    return numpy.minimum(positive, 1 - positive)
