"""From intervals to verdicts: each condition of a claim's rule is met, refuted, or left open by the runs.

A figure says what its interval covers. All of them cover seeds: initial weights and the order of samples. None covers the
sampling of the test set, which all runs share; test_sd() says how large that is. Standard library only.
"""
import math

from . import binomial
from .kept import COUNT, FAILS, HOLDS, PARTLY, Cell

MET, REFUTED, UNDECIDED = "met", "refuted", "cannot tell"
SEEDS, PAIRED, COUNTED, EXACT = "seeds", "seeds, paired", "count of seeds", "no interval"  # what an interval is
POINTS, DECADES, LAYERS, RATIO = "points", "decades", "layers", "ratio"  # units of deciding figures


def above(cell, bound=0.0):
    """The whole interval is above the bound."""
    return MET if cell.low > bound else REFUTED if cell.high <= bound else UNDECIDED


def below(cell, bound=0.0):
    """The whole interval is below the bound."""
    return MET if cell.high < bound else REFUTED if cell.low >= bound else UNDECIDED


def within(cell, low, high):
    """The whole interval lies within low to high, ends included."""
    if low <= cell.low and cell.high <= high:
        return MET
    return REFUTED if cell.high < low or cell.low > high else UNDECIDED


def at_most(cell, bound):
    """The whole interval lies at the bound or below."""
    return within(cell, float("-inf"), bound)


def at_least(cell, bound):
    """The whole interval lies at the bound or above."""
    return within(cell, bound, float("inf"))


def differs(cell):
    """The interval excludes 0; that there is no difference at all, no interval can show."""
    return MET if cell.low > 0 or cell.high < 0 else UNDECIDED


def fact(holds):
    """A condition without an interval."""
    return MET if holds else REFUTED


def both(*outcomes):
    """A condition that is made of several."""
    if REFUTED in outcomes:
        return REFUTED
    return MET if all(outcome == MET for outcome in outcomes) else UNDECIDED


def verdict(outcomes, partly=1):
    """All met: holds; at least `partly` of them: holds partly."""
    met = sum(outcome == MET for outcome in outcomes)
    return HOLDS if met == len(outcomes) else PARTLY if met >= partly else FAILS


def decide(claim, conditions, figure, cell, verdict_is=None, partly=1, margin=0.0, unit="", kind=PAIRED):
    """Keeps the outcome of each {condition in words: outcome}, and the verdict that they give or that is given.

    `margin`, `unit` and `kind` are those of the deciding figure, as deciding() takes them.
    """
    for words, outcome in conditions.items():
        claim.put("conditions", words, "the runs", Cell(text=outcome))
    deciding(claim, figure, cell, margin, unit, kind)
    claim.decide(verdict_is or verdict(conditions.values(), partly), figure, cell)


def deciding(claim, figure, cell, margin=0.0, unit="", kind=PAIRED):
    """Keeps a figure that a condition is decided by, for the forest plot.

    `margin` is what the rule compares it with, `unit` the figure's and the margin's, `kind` what its interval is.
    """
    claim.put("deciding", figure, "figure", cell)
    claim.put("deciding", figure, "margin", Cell(float(margin)))
    claim.put("deciding", figure, "unit", Cell(text=unit))
    claim.put("deciding", figure, "kind", Cell(text=kind))


def counts(outcomes, chance=0.5):
    """How many of {seed: whether it holds}: with its exact two-sided p against a chance, the sign test's at one half.

    The interval is Clopper and Pearson's, in seeds: above(counts(...), n / 2) is met where p is below 0.05.
    """
    hits, trials = sum(map(bool, outcomes.values())), len(outcomes)
    low, high = binomial.interval(hits, trials) if trials else (0.0, 1.0)
    p = binomial.two_sided(hits, trials, chance)
    text = f"p = {p:.2g}" if p >= 0.001 else "p < 0.001"
    return Cell(float(hits), COUNT, low=low * trials, high=high * trials, n=trials, text=text)


def test_sd(error, samples=10000):
    """The standard deviation, in points, that an error (0 to 1) has because the test set is a sample; a Cell."""
    return Cell(100 * math.sqrt(error * (1 - error) / samples), ".2f", n=samples)


def is_open(claim):
    """Whether nothing refutes what the claim lacks: more runs might show it."""
    outcomes = [cell.text for cell in claim.tables.get("conditions", {}).values()]
    return UNDECIDED in outcomes and REFUTED not in outcomes and claim.verdict[0] in (PARTLY, FAILS)
