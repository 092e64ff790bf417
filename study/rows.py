"""results/runs.csv: every run's row, from which any interval of the page can be computed again."""
import csv
import re

import numpy

from .post_tables import distance, post_table

COLUMNS = ["claim", "stage", "axes", "seed", "status", "validation_error", "test_error", "train_error", "validation_loss",
           "test_loss", "train_loss", "distance"]
ERRORS, LOSSES = COLUMNS[5:8], COLUMNS[8:11]
DIGITS = re.compile(r"(\d+)")


def replace(path, number, sweeps):
    """Puts the runs of {stage: Sweep} of one claim in place of the rows that the file has of it, and sorts all."""
    kept = [row for row in read(path) if row["claim"] != str(number)] if path.exists() else []
    kept += [_row(number, stage, run) for stage, sweep in sweeps.items() for run in sweep.runs]
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(kept, key=_order))


def read(path):
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def _row(number, stage, run):
    row = {"claim": str(number), "stage": stage, "seed": str(run.seed), "status": run.axes["status"]}
    row["axes"] = ";".join(f"{key}={value}" for key, value in axes(run.axes).items())
    row |= {name: run.axes.get(name, "") for name in ERRORS}
    row |= {name: _short(run.axes.get(name, "")) for name in LOSSES}
    return row | {"distance": _distance(run)}


def axes(summary_row):
    """What varies but the seed: the columns of a sweep's summary between the run's name and its status."""
    names = list(summary_row)
    return {name: summary_row[name] for name in names[names.index("run") + 1:names.index("status")] if name != "seed"}


def _short(text):
    """A loss in six digits."""
    return format(float(text), ".6g") if text else ""


def _distance(run):
    """From the post's table, of a run that logged the norms of as many layers at its iterations; else nothing."""
    path = run.directory / "gradients.csv"
    if not path.is_file() or run.diverged:
        return ""
    numbers, norms = run.gradients
    table = post_table(run.normalized)
    if not set(table) <= set(numbers[:, 1]) or norms.shape[1] != len(next(iter(table.values()))):
        return ""
    found = distance(run, run.normalized)
    return format(found, ".4f") if numpy.isfinite(found) else "inf"


def _order(row):
    """By claim and stage, then by axes and seed, numbers as numbers."""
    return (int(row["claim"]), row["stage"] != "select",
            [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in DIGITS.split(row["axes"])],
            int(row["seed"]))
