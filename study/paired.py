"""Statistics of the study: everything is paired over seeds, and intervals are Student's at 95 %."""
import numpy
from scipy import stats

from .kept import Cell

FEWEST_SEEDS = 2


def spread(values, form=".3g", scale=1.0):
    """Mean and standard deviation, as a Cell."""
    values = scale * numpy.asarray(list(values), float)
    if len(values) == 0:
        return Cell(text="–")
    sd = float(values.std(ddof=1)) if len(values) > 1 else None
    return Cell(float(values.mean()), form, sd=sd, n=len(values))


def interval(values, form=".3g", scale=1.0, comparisons=1):
    """Mean and its 95 % interval, as a Cell; with several comparisons, Bonferroni's for all of them together."""
    values = scale * numpy.asarray(list(values), float)
    mean = float(values.mean()) if len(values) else float("nan")
    if len(values) < FEWEST_SEEDS:
        return Cell(mean, form, low=-numpy.inf, high=numpy.inf, n=len(values))
    half = float(values.std(ddof=1) / numpy.sqrt(len(values)))
    half *= float(stats.t.ppf(1 - 0.025 / comparisons, len(values) - 1))
    return Cell(mean, form, low=mean - half, high=mean + half, n=len(values))


def difference(first, second, form=".3g", scale=1.0, comparisons=1):
    """first - second for the seeds that both {seed: value} have, as interval() gives it."""
    seeds = sorted(set(first) & set(second))
    return interval([first[seed] - second[seed] for seed in seeds], form, scale, comparisons)


def mean(values):
    values = list(values)
    return float(numpy.mean(values)) if values else float("nan")
