#!/usr/bin/env python3
"""The factor of the gradient from layer to layer at the initial values, by theory and measured: factor.py [RESULTS]

Theory, of wide nets: q = sw2 E[f(sqrt(q) z)^2] + sb2 and chi = sw2 E[f'(sqrt(q) z)^2], z ~ N(0, 1), without BN; chi =
gamma^2 E[f'(gamma z)^2] / Var[f(gamma z)] with it. The norm goes with sqrt(chi). Measured: nets.py, ten nets of ten batches. With RESULTS, a
directory that scripts/reproduce.sh wrote, exit code 1 says that the study's figure is another.
"""
import csv
import sys
from pathlib import Path

import numpy

sys.path.insert(0, str(Path(__file__).resolve().parent))
import nets  # noqa: E402

SEEDS = 10
INNER = slice(1, 10)  # layers 2 to 10, whose norms make the factors of layers 2 to 9
NETS = {  # as results/theory.csv names them: activation, BN, gain of the initial values, gamma
    "sigmoid": (nets.sigmoid, False, 1, 1), "sigmoid, 4x initial weights": (nets.sigmoid, False, 4, 1),
    "sigmoid with BN": (nets.sigmoid, True, 1, 1), "sigmoid with BN, gamma 2": (nets.sigmoid, True, 1, 2),
    "ReLU with BN": (nets.relu, True, 1, 1),
}


def expected(function):
    """E[function(z)], z ~ N(0, 1), by the trapezoid rule, which is exact enough where a slope has a step, too."""
    z = numpy.linspace(-12, 12, 200001)
    values = function(z) * numpy.exp(-z**2 / 2)
    return float(values.sum() / numpy.exp(-z**2 / 2).sum())


def predicted(function, normalized, gain, gamma):
    if normalized:
        mean = expected(lambda z: function(gamma * z))
        variance = expected(lambda z: (function(gamma * z) - mean)**2)
        return (gamma**2 * expected(lambda z: nets.slope(function, gamma * z)**2) / variance)**0.5
    variance = gain**2 * 2 / (2 * nets.WIDTH) / 1.04
    q = 1.0
    for _ in range(200):
        q = nets.WIDTH * variance * expected(lambda z: function(q**0.5 * z)**2) + variance
    return (nets.WIDTH * variance * expected(lambda z: nets.slope(function, q**0.5 * z)**2))**0.5


def measured(function, normalized, gain, gamma, seeds=SEEDS):
    """[factor] of each seed: the geometric mean over the inner layers."""
    images, labels = nets.mnist("train")
    found = []
    for seed in range(seeds):
        random = numpy.random.default_rng(seed)
        layers = nets.draw(random, gain)
        batch = random.choice(len(images), nets.BATCH, replace=False)
        _, gradients = nets.gradients(layers, images[batch], labels[batch], function, normalized, gamma)
        norms = [numpy.linalg.norm(weight) for weight, _ in gradients][INNER]
        found.append((norms[0] / norms[-1])**(1 / (len(norms) - 1)))
    return numpy.array(found)


def study(results):
    """{net: (low, high)} of the factors in the study's own direction, shrinking ones over 1, as the CSV has them."""
    with open(Path(results) / "theory.csv", newline="", encoding="utf-8") as file:
        return {row["row"]: (float(row["low"]), float(row["high"])) for row in csv.DictReader(file)
                if row["table"] == "factors" and row["column"] == "measured, iteration 1"}


def main():
    kept = study(sys.argv[1]) if len(sys.argv) > 1 else {}
    others = []
    for name, net in NETS.items():
        theory, found = predicted(*net), measured(*net)
        power = 1 if theory > 1 else -1
        found, error = (found**power).mean(), 2.26 * (found**power).std(ddof=1) / len(found)**0.5
        low, high = kept.get(name, (found, found))
        others += [name] if found + error < low or found - error > high else []
        print(f"{name}: {'grows' if power > 0 else 'shrinks'}, predicted {theory**power:.3f}, measured {found:.3f} +- {error:.3f}"
              + (f", the study [{low:.3f}, {high:.3f}]" if name in kept else ""))
    if others:
        print(f"factor: the study has another figure: {'; '.join(others)}", file=sys.stderr)
    return 1 if others else 0


if __name__ == "__main__":
    sys.exit(main())
