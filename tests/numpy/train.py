"""A run of the net: preprocessing, batches and their order, training, inference statistics, and what a run leaves."""
import numpy as np

import observe
import philox
from net import NORMS, Activation, BatchNorm, Dense, Net, Optimizer, learning_rate


def preprocessing(kind, images):
    """The map from bytes to inputs that training images give. x is in [0, 1]. center: x - mean. zscore:
    (x - mean) / sd, with n - 1, a constant pixel by 1. pca: D V' (x - mean), D = (lambda + 1e-2)^(-1/2), V the
    covariance's eigenvectors, largest eigenvalue first, each with its largest component positive
    (src/data/preprocess.cc). zca: V times that."""
    x = images / 255
    mean = images.sum(0) / (255 * len(images))  # of whole numbers: exact for a constant pixel
    if kind == "none":
        return lambda images: images / 255
    if kind == "center":
        return lambda images: images / 255 - mean
    if kind == "zscore":
        sd = np.where((images == images[0]).all(0), 1, x.std(0, ddof=1))
        return lambda images: (images / 255 - mean) / sd
    values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    values, vectors = values[::-1], vectors[:, ::-1]
    vectors = vectors * np.sign(vectors[abs(vectors).argmax(0), range(len(values))])
    whiten = vectors / np.sqrt(np.maximum(values, 0) + 1e-2)
    matrix = whiten if kind == "pca" else whiten @ vectors.T
    return lambda images: (images / 255 - mean) @ matrix


def batches(config, samples, epoch, smallest):
    """Samples of each batch. A last one that is not full is used, unless batch normalization needs a larger one."""
    size = config["train"]["batch_size"]
    shuffled = epoch and config["train"]["order"] == "shuffled"
    order = philox.epoch_order(samples, config["seed"], epoch) if shuffled else np.arange(samples)
    cut = [order[first:first + size] for first in range(0, samples, size)]
    return [batch for batch in cut if len(batch) >= smallest]


def take_statistics(net, config, x, labels):
    """population: batches of the training set in its order, with batch statistics and no dropout."""
    norms = net.each(BatchNorm)
    inference = norms[0].config["inference"] if norms else "moving_average"
    if inference == "population":
        for layer in norms:
            layer.restart()
        for batch in batches(config, len(x), 0, 2):
            net.forward(x[batch], labels[batch], "statistics")
    if inference != "moving_average":
        for layer in norms:
            layer.average()


def train(config, data, initial):
    """data: train_images (n, pixels), train_labels, test_images, test_labels. Returns the tables' rows and the
    model's tensors, and what of each layer there is to observe."""
    prepare = preprocessing(config["data"]["preprocess"], data["train_images"])
    x, labels = prepare(data["train_images"]), data["train_labels"]
    test_x, test_labels = prepare(data["test_images"]), data["test_labels"]
    net, optimizer = Net(config, initial), Optimizer(config["train"])
    observer = observe.Observer(net)
    norm, smallest = NORMS[config["log"]["norm"]], 2 if net.each(BatchNorm) else 1
    epochs, step = config["train"]["epochs"], 0
    tables = {"gradients": [], "activations": [], "iterations": [], "epochs": []}
    for epoch in range(1, epochs + 1):
        for layer in net.each(BatchNorm):
            layer.restart()
        seen = np.zeros(3)  # loss, wrong, samples
        of_epoch = batches(config, len(x), epoch, smallest)
        for iteration, batch in enumerate(of_epoch, 1):
            rate = learning_rate(config["train"], epoch, step, epochs * len(of_epoch))
            loss, wrong = net.forward(x[batch], labels[batch], "train", step)
            observer.before_step()
            net.backward()
            at = [epoch, iteration]
            tables["gradients"].append(at + [norm(layer.d["weight"]) for layer in net.each(Dense)])
            tables["activations"].append(at + [end for layer in net.each(Activation) for end in layer.range])
            tables["iterations"].append(at + [loss, rate])
            optimizer.step(net, rate)
            observer.after_step()
            seen += loss * len(batch), wrong, len(batch)
            step += 1
        take_statistics(net, config, x, labels)
        trained = seen[:2] / seen[2]
        if config["log"]["evaluate_train"]:
            trained = evaluate(net, x, labels)
        tables["epochs"].append([epoch, *trained, *evaluate(net, test_x, test_labels)])
    return tables, net.tensors(), observer.rows


def evaluate(net, x, labels):
    loss, wrong = net.forward(x, labels, "inference")
    return loss, wrong / len(x)
