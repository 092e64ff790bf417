"""The same epoch in PyTorch: sigmoid layers with batch normalization, RMSprop with momentum, batches of shuffled MNIST.

usage: torch_epoch.py DATA_DIR DEPTH WIDTH BATCH float32|float64 THREADS ITERATIONS

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


def build(depth, width, dtype):
    layers, inputs, sigmoids = [], 784, []
    for _ in range(depth):
        sigmoids.append(torch.nn.Sigmoid())
        layers += [torch.nn.Linear(inputs, width), torch.nn.BatchNorm1d(width, eps=1e-10), sigmoids[-1]]
        inputs = width
    layers.append(torch.nn.Linear(inputs, 10))
    return torch.nn.Sequential(*layers).to(dtype), sigmoids


def seconds_per_iteration(images, labels, depth, width, batch, dtype, iterations, observed):
    torch.manual_seed(1)
    net, sigmoids = build(depth, width, dtype)
    outputs = []
    if observed:
        for sigmoid in sigmoids:
            sigmoid.register_forward_hook(lambda module, inputs, output: outputs.append(output.detach()))
    weights = [layer.weight for layer in net if isinstance(layer, torch.nn.Linear)]
    optimizer = torch.optim.RMSprop(net.parameters(), lr=4e-5, alpha=0.9, eps=1e-10, momentum=0.8)
    order = torch.randperm(len(labels))
    warm_up, start, rows = 3, 0.0, []
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
        if observed:
            norms = [torch.linalg.matrix_norm(weight.grad, 2).item() for weight in weights]
            ranges = [(output.min().item(), output.max().item()) for output in outputs]
            outputs.clear()
            rows.append((loss.item(), norms, ranges))
        optimizer.step()
    return (time.perf_counter() - start) / iterations


def main():
    directory, depth, width, batch, precision, threads, iterations = sys.argv[1:8]
    torch.set_num_threads(int(threads))
    dtype = getattr(torch, precision)
    pixels = read_idx(os.path.join(directory, "train-images-idx3-ubyte"), 16)
    images = pixels.reshape(-1, 784).to(dtype) / 255
    labels = read_idx(os.path.join(directory, "train-labels-idx1-ubyte"), 8).to(torch.int64)
    shape = (int(depth), int(width), int(batch), dtype, int(iterations))
    print(json.dumps({
        "threads": int(threads),
        "torch": torch.__version__,
        "seconds_per_iteration": seconds_per_iteration(images, labels, *shape, observed=False),
        "observed_seconds_per_iteration": seconds_per_iteration(images, labels, *shape, observed=True),
    }))


main()
