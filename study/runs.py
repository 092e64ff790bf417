"""Reads what `bnrun sweep` leaves: summary.csv and the tables in each run's directory."""
import csv
import json
from functools import cached_property
from pathlib import Path

import numpy

from .choice import GUESSING, column, same

RATE = "train.optimizer.learning_rate"


class Run:
    def __init__(self, directory, axes):
        self.directory = directory
        self.axes = axes  # {"config": ..., dotted key: ..., "status": ...}, all as text
        self.seed = int(axes["seed"])

    @property
    def diverged(self):
        return self.axes["status"] == "diverged"

    @property
    def test_error(self):
        return GUESSING if self.diverged else float(self.axes["test_error"])

    @cached_property
    def normalized(self):
        """Whether its config has batch normalization in every hidden layer."""
        return bool(self.config["model"].get("batch_norm", {}).get("enabled"))

    @cached_property
    def config(self):
        return json.loads((self.directory / "config.json").read_text(encoding="utf-8"))

    def number(self, key):
        return float(self.axes[key])

    @cached_property
    def epochs(self):
        """{column: array over epochs} of epochs.csv"""
        return self._columns("epochs.csv")

    @cached_property
    def iterations(self):
        return self._columns("iterations.csv")

    @cached_property
    def gradients(self):
        """(epoch and iteration of each row, norms[row, layer]), rows of the first epoch only"""
        rows = self._rows("gradients.csv")
        rows = rows[rows[:, 0] == 1]
        return rows[:, :2].astype(int), rows[:, 2:]

    @cached_property
    def activations(self):
        """(epochs, minima[row, layer], maxima[row, layer])"""
        rows = self._rows("activations.csv")
        return rows[:, 0].astype(int), rows[:, 2::2], rows[:, 3::2]

    @cached_property
    def layers(self):
        """{(epoch, iteration, layer, quantity): value} of layers.csv"""
        with open(self.directory / "layers.csv", newline="", encoding="utf-8") as file:
            return {(int(row["epoch"]), int(row["iteration"]), int(row["layer"]), row["quantity"]): float(row["value"])
                    for row in csv.DictReader(file)}

    def printed(self, iteration):
        """The line of gradients.txt for this iteration of epoch 1, or an empty text."""
        lines = (self.directory / "gradients.txt").read_text().splitlines()
        for header, line in zip(lines, lines[1:]):
            if header.startswith(f"epoch:1 iteration:{iteration}/"):
                return line.strip()
        return ""

    def _rows(self, name):
        with open(self.directory / name, encoding="utf-8") as file:
            width = len(file.readline().split(","))
            rows = [[float(text) for text in line.split(",")] for line in file if line.strip()]
        return numpy.array(rows).reshape(-1, width)

    def _columns(self, name):
        with open(self.directory / name, encoding="utf-8") as file:
            names = file.readline().strip().split(",")
        return dict(zip(names, self._rows(name).T))


class Sweep:
    """The finished and the diverged runs of a sweep's directory; the others are left out."""

    def __init__(self, directory):
        directory = Path(directory)
        with open(directory / "summary.csv", newline="", encoding="utf-8") as file:
            rows = list(csv.DictReader(file))
        self.runs = [Run(directory / row["run"], row) for row in rows if row["status"] in ("done", "diverged")]

    def select(self, **conditions):
        """Runs whose axes, named by their keys' last parts, have these values; numbers compare as numbers."""
        keys = {name: self.key(name) for name in conditions}
        return [run for run in self.runs
                if all(same(run.axes[keys[name]], value) for name, value in conditions.items())]

    def by_seed(self, measure, **conditions):
        """{seed: measure(run)} of the selected runs."""
        return {run.seed: measure(run) for run in self.select(**conditions)}

    def values(self, name):
        """An axis's values in the order in which they come."""
        key = self.key(name)
        return list(dict.fromkeys(run.axes[key] for run in self.runs))

    def numbers(self, name):
        return sorted(float(value) for value in self.values(name))

    def key(self, name):
        """The column with this name, or the one whose last parts it is: `learning_rate`, `init.scheme`."""
        return column(self.runs[0].axes if self.runs else {}, name.replace("__", "."))


def test_error(run):
    return run.test_error


def rate_text(rate):
    """As the configs write it: 0.01, 4e-5."""
    if rate == 0 or abs(rate) >= 0.01:
        return f"{rate:g}"
    mantissa, exponent = f"{rate:e}".split("e")
    return f"{float(mantissa):g}e{int(exponent)}"
