"""How many iterations a net needs to reach an error: between measured points the logarithms are taken as straight.

Test errors are measured in the end of an epoch. For what lies within the first epoch a sweep has runs of fewer training
images with the same seed, each seen once: they end after so many iterations.
"""
import math

from .rules import UNDECIDED, above, counts

NEVER = math.inf


def curves(sweep, batch=200, **conditions):
    """{seed: [(iterations, test error)] in order} of one net: the ends of short runs, and each epoch of the long one."""
    found = {}
    for run in sweep.select(**conditions):
        if not run.diverged:
            per_epoch = math.ceil(float(run.axes.get("data.train_samples") or 60000) / batch)
            points = found.setdefault(run.seed, {})
            points |= {epoch * per_epoch: float(error) for epoch, error in enumerate(run.epochs["test_error"], 1)}
    return {seed: sorted(points.items()) for seed, points in found.items()}


def iterations_to(points, target):
    """Iterations after which the error is first at the target or below; NEVER where it is not.

    Between two points log(error) is linear in log(iterations); a first point that is below already counts as it is.
    """
    before = None
    for iterations, error in points:
        if error <= target:
            return float(iterations) if before is None else _crossing(before, (iterations, error), target)
        before = iterations, error
    return NEVER


def _crossing(before, after, target):
    (start, high), (end, low) = before, after
    if low <= 0:
        return float(end)
    return start * (end / start) ** (math.log(high / target) / math.log(high / low))


def sooner(first, second):
    """How many seeds of both {seed: iterations} need fewer by the first, of those that differ; a Cell with its exact p."""
    pairs = {seed: (first[seed], second[seed]) for seed in sorted(set(first) & set(second))}
    return counts({seed: one < other for seed, (one, other) in pairs.items() if one != other})


def is_sooner(counted):
    """The outcome of what sooner() counted: met where its interval lies above one half; open where no seed can tell."""
    return above(counted, counted.n / 2) if counted.n else UNDECIDED


def logarithms(needed, horizon):
    """{seed: log10 of the iterations}; a target that is not reached counts as the horizon."""
    return {seed: math.log10(min(iterations, horizon)) for seed, iterations in needed.items()}


def needed_text(needed, horizon):
    """The median with smallest and largest, or in how many seeds the target is not reached."""
    values = sorted(needed.values())
    never = sum(value == NEVER for value in values)
    if not values or never == len(values):
        return f"> {horizon}"
    middle = (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2
    high = f"> {horizon}" if never else f"{values[-1]:.0f}"
    return f"{middle:.0f} ({values[0]:.0f} to {high})" if middle < NEVER else f"> {horizon} ({values[0]:.0f} to {high})"
