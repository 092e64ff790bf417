"""What each layer has learned: how much worse a net gets with the layer's initial weights back.

Zhang, Bengio and Singer, Are All Layers Created Equal?, arXiv 1902.01996. Needs numpy.
"""
import numpy

from .nets import layer_count, read_model, test_set, training_images

IMAGES = 5000  # of the test set that are classified, and of the training set that give BN its statistics


def rises(run, start):
    """[layer]: the error with the layer's initial values back less the error as trained, in points."""
    trained, initial = read_model(run), read_model(start)
    images, labels = test_set()
    return rises_of(trained, initial, training_images()[:IMAGES], images[:IMAGES], labels[:IMAGES])


def rises_of(trained, initial, training, images, labels):
    """As rises(), of two models {tensor's name: array} and given images."""
    count = layer_count(trained)
    inputs = [(training.astype(float), images.astype(float))]
    for layer in range(count):
        inputs.append(_forward(trained, layer, count, *inputs[-1]))
    as_trained = _error(inputs[-1][1], labels)
    found = []
    for layer in range(count):
        values = _forward(initial, layer, count, *inputs[layer])
        for above in range(layer + 1, count):
            values = _forward(trained, above, count, *values)
        found.append(100 * (_error(values[1], labels) - as_trained))
    return numpy.array(found)


def _forward(model, layer, count, training, images):
    """(outputs for the training images, for the others) of one layer; with BN, by the training images' statistics."""
    weight, bias = (model[f"layers.{layer}.{name}"].astype(float) for name in ("weight", "bias"))
    sums = [values @ weight.T + bias for values in (training, images)]
    if layer == count - 1:
        return sums
    if f"layers.{layer}.gamma" in model:
        mean, deviation = sums[0].mean(axis=0), numpy.sqrt(sums[0].var(axis=0) + 1e-10)
        gamma, beta = model[f"layers.{layer}.gamma"], model[f"layers.{layer}.beta"]
        sums = [gamma * (values - mean) / deviation + beta for values in sums]
    return [1 / (1 + numpy.exp(-values)) for values in sums]


def _error(outputs, labels):
    return float((outputs.argmax(axis=1) != labels).mean())
