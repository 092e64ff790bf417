"""Nets of dense layers run forward with numpy, from the tensors of a model: BN where there is one, before the activation."""
import numpy

from .nets import layer_count

EPSILON = 1e-10
ACTIVATIONS = {"sigmoid": lambda x: 1 / (1 + numpy.exp(-x)), "relu": lambda x: numpy.maximum(x, 0), "linear": lambda x: x}


def sums_and_outputs(model, images, activation):
    """Wx+b and the activation's output of each hidden layer ([image, unit], [image, unit]).

    BN takes the mean and variance over these images, as in training.
    """
    values = images.astype(float)
    for layer in range(layer_count(model) - 1):
        sums = affine(model, layer, values)
        normalized = sums
        if f"layers.{layer}.gamma" in model:
            normalized = _normalized(model, layer, sums, sums.mean(axis=0), sums.var(axis=0))
        values = ACTIVATIONS[activation](normalized)
        yield sums, values


def logits(model, images, activation):
    """What the output layer gives [image, class]; BN takes the model's statistics, as in inference."""
    values = images.astype(float)
    last = layer_count(model) - 1
    for layer in range(last):
        values = affine(model, layer, values)
        if f"layers.{layer}.gamma" in model:
            values = _normalized(model, layer, values, model[f"layers.{layer}.mean"], model[f"layers.{layer}.variance"])
        values = ACTIVATIONS[activation](values)
    return affine(model, last, values)


def affine(model, layer, values):
    """Wx+b"""
    return values @ model[f"layers.{layer}.weight"].T.astype(float) + model[f"layers.{layer}.bias"]


def _normalized(model, layer, sums, mean, variance):
    scale = model[f"layers.{layer}.gamma"] / numpy.sqrt(variance + EPSILON)
    return scale * (sums - mean) + model[f"layers.{layer}.beta"]
