"""The same epoch in PyTorch, on batches of shuffled MNIST.

usage: torch_epoch.py DATA_DIR NET BATCH float32|float64 THREADS ITERATIONS

NET is 10x200 (hidden layers of units: sigmoid with batch normalization, RMSprop with momentum), lenet_bn or lenet_lrn
(20c5-pool-50c5-pool-500, ReLU; SGD with momentum; in PyTorch's usual layout of images, or with _last in channels_last).
Prints a line of JSON: seconds per iteration without observation, and with the spectral norm of every layer's weight
gradient and the smallest and largest output of every hidden layer taken at each.
"""
import gzip
import json
import os
import sys
import time

import torch


MOST_SECONDS = 15  # of one measurement


def read_idx(path, header):
    opener = open if os.path.exists(path) else gzip.open
    name = path if os.path.exists(path) else path + ".gz"
    with opener(name, "rb") as file:
        return torch.frombuffer(bytearray(file.read()), dtype=torch.uint8, offset=header)


def build_dense(depth, width):
    layers, inputs = [], 784
    for _ in range(depth):
        layers += [torch.nn.Linear(inputs, width), torch.nn.BatchNorm1d(width, eps=1e-10), torch.nn.Sigmoid()]
        inputs = width
    layers.append(torch.nn.Linear(inputs, 10))
    return torch.nn.Sequential(*layers)


def build_lenet(normalization):
    def block(layer, channels, images):
        if normalization == "lrn":
            return [layer, torch.nn.ReLU()] + ([torch.nn.LocalResponseNorm(5)] if images else [])
        norm = torch.nn.BatchNorm2d if images else torch.nn.BatchNorm1d
        return [layer, norm(channels, eps=1e-10), torch.nn.ReLU()]

    return torch.nn.Sequential(
        torch.nn.Unflatten(1, (1, 28, 28)),
        *block(torch.nn.Conv2d(1, 20, 5), 20, True), torch.nn.MaxPool2d(2),
        *block(torch.nn.Conv2d(20, 50, 5), 50, True), torch.nn.MaxPool2d(2), torch.nn.Flatten(),
        *block(torch.nn.Linear(800, 500), 500, False), torch.nn.Linear(500, 10))


def build(net, dtype):
    """A module, the optimizer that its config has, and its activation functions."""
    if net.startswith("lenet_"):
        module = build_lenet(net.split("_")[1]).to(dtype)
        if net.endswith("_last"):
            module = module.to(memory_format=torch.channels_last)
        optimizer = torch.optim.SGD(module.parameters(), lr=0.01, momentum=0.9)
    else:
        module = build_dense(*(int(size) for size in net.split("x"))).to(dtype)
        optimizer = torch.optim.RMSprop(module.parameters(), lr=4e-5, alpha=0.9, eps=1e-10, momentum=0.8)
    return module, optimizer, [layer for layer in module if isinstance(layer, (torch.nn.Sigmoid, torch.nn.ReLU))]


def nothing(*_):
    """What is done beside a step where nothing is observed."""


def seconds_of_steps(images, labels, net, optimizer, batch, iterations, before_step=nothing, after_step=nothing):
    """Of an iteration, over so many after a few to warm up. before_step(loss) comes between gradients and step."""
    order = torch.randperm(len(labels))
    warm_up, start = 3, 0.0
    for iteration in range(warm_up + iterations):
        if iteration == warm_up:
            start = time.perf_counter()
        elif iteration > warm_up + 2 and time.perf_counter() - start > MOST_SECONDS:
            return (time.perf_counter() - start) / (iteration - warm_up)
        first = iteration * batch % (len(labels) - batch + 1)
        chosen = order[first:first + batch]
        optimizer.zero_grad()
        loss = torch.nn.functional.cross_entropy(net(images[chosen]), labels[chosen])
        loss.backward()
        before_step(loss)
        optimizer.step()
        after_step()
    return (time.perf_counter() - start) / iterations


def seconds_per_iteration(images, labels, name, batch, dtype, iterations, observed):
    torch.manual_seed(1)
    net, optimizer, activations = build(name, dtype)
    outputs, rows = [], []
    weights = [layer.weight for layer in net if isinstance(layer, (torch.nn.Linear, torch.nn.Conv2d))]

    def observe(loss):
        norms = [torch.linalg.matrix_norm(weight.grad.flatten(1), 2).item() for weight in weights]
        rows.append((loss.item(), norms, [(output.min().item(), output.max().item()) for output in outputs]))
        outputs.clear()

    if observed:
        for activation in activations:
            activation.register_forward_hook(lambda module, inputs, output: outputs.append(output.detach()))
    return seconds_of_steps(images, labels, net, optimizer, batch, iterations, observe if observed else nothing)


def read_training_data(directory, dtype):
    pixels = read_idx(os.path.join(directory, "train-images-idx3-ubyte"), 16)
    labels = read_idx(os.path.join(directory, "train-labels-idx1-ubyte"), 8).to(torch.int64)
    return pixels.reshape(-1, 784).to(dtype) / 255, labels


def main():
    directory, net, batch, precision, threads, iterations = sys.argv[1:7]
    torch.set_num_threads(int(threads))
    dtype = getattr(torch, precision)
    images, labels = read_training_data(directory, dtype)
    shape = (net, int(batch), dtype, int(iterations))
    print(json.dumps({
        "threads": int(threads),
        "torch": torch.__version__,
        "seconds_per_iteration": seconds_per_iteration(images, labels, *shape, observed=False),
        "observed_seconds_per_iteration": seconds_per_iteration(images, labels, *shape, observed=True),
    }))


if __name__ == "__main__":
    main()
