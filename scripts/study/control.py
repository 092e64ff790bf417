#!/usr/bin/env python3
"""The control: what larger initial weights do for a sigmoid net without BN: control.py [RESULTS] [--rate R] [--seeds N]

Trains nets.py for an epoch, from the published initial values and from four times as large ones, by rmsprop as the post's program has it: r <- 0.9 r +
0.1 g^2, v <- 0.8 v + rate g / (sqrt(r) + 1e-10), w <- w - v. With RESULTS, a directory that scripts/reproduce.sh wrote,
exit code 1 says that the mean test error in claim 9's rows of runs.csv is another than here.
"""
import argparse
import csv
import sys
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parent))
import nets  # noqa: E402

GAINS = {"sigmoid": 1, "sigmoid_x4": 4}  # as runs.csv names them


def trained(seed, gain, rate, images, labels):
    """A net after an epoch; float32, as it is faster."""
    random = numpy.random.default_rng(seed)
    layers = [list(layer) for layer in nets.draw(random, gain, numpy.float32)]
    squares, steps = ([[numpy.zeros_like(tensor) for tensor in layer] for layer in layers] for _ in range(2))
    order = random.permutation(len(images))
    for start in range(0, len(images), nets.BATCH):
        batch = order[start:start + nets.BATCH]
        _, gradients = nets.gradients(layers, images[batch], labels[batch], nets.sigmoid)
        for place, gradient in enumerate(gradients):
            for part, g in enumerate(gradient):
                squares[place][part] = 0.9 * squares[place][part] + 0.1 * g * g
                steps[place][part] = 0.8 * steps[place][part] + rate * g / (numpy.sqrt(squares[place][part]) + 1e-10)
                layers[place][part] = layers[place][part] - steps[place][part]
    return layers


def errors(gain, rate, seeds):
    """Test errors in percent, one for each seed."""
    images, labels = nets.mnist("train")
    test_images, test_labels = nets.mnist("t10k")
    images, test_images = images.astype(numpy.float32), test_images.astype(numpy.float32)
    found = []
    for seed in range(seeds):
        guesses = nets.logits_of(trained(seed, gain, rate, images, labels), test_images, nets.sigmoid).argmax(axis=1)
        found.append(100 * (guesses != test_labels).mean())
    return numpy.array(found)


def study(results, config, rate):
    """The study's test errors in percent."""
    with open(Path(results) / "runs.csv", newline="", encoding="utf-8") as file:
        rows = [(dict(axis.split("=") for axis in row["axes"].split(";")), row) for row in csv.DictReader(file)
                if row["claim"] == "9" and row["stage"] == "decide"]
    return numpy.array([100 * float(row["test_error"]) for axes, row in rows if row["status"] == "done" and
                        axes["config"] == config and axes["train.optimizer.name"] == "rmsprop" and
                        float(axes["train.optimizer.learning_rate"]) == rate])


def standard_error(values):
    return values.std(ddof=1) / len(values)**0.5 if len(values) > 1 else numpy.inf


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", nargs="?")
    parser.add_argument("--rate", type=float, default=1e-3)
    parser.add_argument("--seeds", type=int, default=5)
    arguments = parser.parse_args()
    differ = []
    for config, gain in GAINS.items():
        found = errors(gain, arguments.rate, arguments.seeds)
        print(f"{config}: {found.mean():.2f} % +- {standard_error(found):.2f} ({', '.join(f'{error:.2f}' for error in found)})")
        kept = study(arguments.results, config, arguments.rate) if arguments.results else numpy.array([])
        if len(kept):
            apart, noise = abs(found.mean() - kept.mean()), numpy.hypot(standard_error(found), standard_error(kept))
            print(f"  the study: {kept.mean():.2f} % of {len(kept)} seeds, {apart / noise:.1f} standard errors apart")
            differ += [config] if apart > 3 * noise else []
    if differ:
        print(f"control: the study has another error: {', '.join(differ)}", file=sys.stderr)
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main())
