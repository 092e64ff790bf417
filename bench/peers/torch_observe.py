"""What it costs in PyTorch to watch the same quantities at every iteration, by hooks and torch's own functions.

usage: torch_observe.py DATA_DIR 10x200 BATCH float32|float64 THREADS ITERATIONS

Prints a line of JSON: seconds per iteration without observation; with the default quantities of bnrun, gradient and
activation; and with distribution, saturation, weight, update and normalization as well.
"""
import json
import sys

import torch

from torch_epoch import build, read_training_data, seconds_of_steps

SHARES = torch.tensor([0.001, 0.01, 0.05, 0.15, 0.5, 0.85, 0.95, 0.99, 0.999])


def spectral(matrix):
    return torch.linalg.matrix_norm(matrix, 2).item()


def distribution(values):
    flat = values.flatten()
    return [flat.mean().item(), flat.std().item(), *torch.quantile(flat, SHARES.to(flat.dtype)).tolist()]


def cosine(a, b):
    return torch.nn.functional.cosine_similarity(a.flatten(), b.flatten(), dim=0).item()


def scale(parameter):
    return [parameter.mean().item(), parameter.std().item(), parameter.min().item(), parameter.max().item(),
            parameter.grad.norm().item()]


class Watch:
    """Keeps what goes through the layers of a pass, and what the iteration before left."""

    def __init__(self, net, activations, everything):
        self.net, self.everything = net, everything
        self.values, self.batches = [], []
        for layer in activations:
            layer.register_forward_hook(lambda _, inputs, output: self.values.append((inputs[0].detach(), output.detach())))
        self.norms = [layer for layer in net if isinstance(layer, torch.nn.BatchNorm1d)]
        if everything:
            for layer in self.norms:
                layer.register_forward_hook(lambda _, inputs, output: self.batches.append(inputs[0].detach()))
        self.weights = [layer.weight for layer in net if isinstance(layer, torch.nn.Linear)]
        self.initial = [weight.detach().clone() for weight in self.weights]
        self.last = None

    def before_step(self):
        row = [spectral(weight.grad) for weight in self.weights]
        row += [end.item() for _, output in self.values for end in (output.min(), output.max())]
        if self.everything:
            self.before = [weight.detach().clone() for weight in self.weights]
            for given, output in self.values:
                row += distribution(given) + distribution(output)
                small = output * (1 - output) < 0.025
                row += [small.float().mean().item(), small.all(0).float().mean().item(), (output == 0).float().mean().item()]
            for weight, initial in zip(self.before, self.initial):
                row += [weight.norm().item(), spectral(weight), (weight - initial).norm().item()]
            for layer, given in zip(self.norms, self.batches):
                mean, sd = given.mean(0), given.std(0, unbiased=False)
                row += [mean.mean().item(), mean.std().item(), sd.mean().item(), sd.std().item()]
                row += [(mean - layer.running_mean).norm().item(), (sd - layer.running_var.sqrt()).norm().item()]
                row += scale(layer.weight) + scale(layer.bias)
        self.values.clear()
        self.batches.clear()
        return row

    def after_step(self):
        if not self.everything:
            return []
        now = [(weight.detach() - before, weight.grad.clone()) for weight, before in zip(self.weights, self.before)]
        row = []
        for (update, _), before in zip(now, self.before):
            row += [update.norm().item(), (update.norm() / before.norm()).item()]
        if self.last:
            for (update, gradient), (old_update, old_gradient) in zip(now, self.last):
                row += [cosine(update, old_update), cosine(gradient, old_gradient)]
        self.last = now
        return row


def seconds_per_iteration(images, labels, name, batch, dtype, iterations, watched):
    torch.manual_seed(1)
    net, optimizer, activations = build(name, dtype)
    if not watched:
        return seconds_of_steps(images, labels, net, optimizer, batch, iterations)
    watch, rows = Watch(net, activations, watched == "everything"), []
    return seconds_of_steps(images, labels, net, optimizer, batch, iterations,
                            lambda loss: rows.append([loss.item(), *watch.before_step()]),
                            lambda: rows[-1].extend(watch.after_step()))


def main():
    directory, net, batch, precision, threads, iterations = sys.argv[1:7]
    torch.set_num_threads(int(threads))
    dtype = getattr(torch, precision)
    images, labels = read_training_data(directory, dtype)
    shape = (images, labels, net, int(batch), dtype, int(iterations))
    print(json.dumps({
        "threads": int(threads),
        "seconds_per_iteration": seconds_per_iteration(*shape, None),
        "observed_seconds_per_iteration": seconds_per_iteration(*shape, "default"),
        "watched_seconds_per_iteration": seconds_per_iteration(*shape, "everything"),
    }))


if __name__ == "__main__":
    main()
