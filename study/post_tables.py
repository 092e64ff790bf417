"""The post's own tables, and how far a run's gradients are from them."""
import math
from pathlib import Path

import numpy

GOLDEN = Path(__file__).resolve().parents[1] / "tests" / "golden" / "post"
FACTOR_TWO = math.log10(2)


def post_table(normalized):
    """{iteration: norms of the 11 layers}"""
    lines = (GOLDEN / f"gradients_bn_{'on' if normalized else 'off'}.txt").read_text().splitlines()
    table = {}
    for header, line in zip(lines, lines[1:]):
        if header.startswith("epoch:"):
            table[int(header.split("iteration:")[1].split("/")[0])] = numpy.array(line.split(), float)
    return table


def log_ratios(run, normalized):
    """log10(ours / post's) [post's row, layer]; NaN or infinite where our norm is missing, zero or not finite."""
    rows, norms = run.gradients
    ours = {iteration: line for (_, iteration), line in zip(rows, norms)}
    table = post_table(normalized)
    missing = numpy.full(len(next(iter(table.values()))), numpy.nan)
    with numpy.errstate(all="ignore"):
        return numpy.array([numpy.log10(ours.get(iteration, missing) / post) for iteration, post in table.items()])


def distance(run, normalized):
    """Mean of |log10(ours / post's)|; infinite where a norm cannot be compared."""
    ratios = log_ratios(run, normalized)
    return float(numpy.abs(ratios).mean()) if numpy.isfinite(ratios).all() else numpy.inf
