"""From intervals to verdicts: each condition of a claim's rule is met, refuted, or left open by the runs."""
from .kept import FAILS, HOLDS, PARTLY, Cell

MET, REFUTED, UNDECIDED = "met", "refuted", "cannot tell"


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


def decide(claim, conditions, figure, cell, verdict_is=None, partly=1):
    """Keeps the outcome of each {condition in words: outcome}, and the verdict that they give or that is given."""
    for words, outcome in conditions.items():
        claim.put("conditions", words, "the runs", Cell(text=outcome))
    claim.decide(verdict_is or verdict(conditions.values(), partly), figure, cell)


def is_open(claim):
    """Whether nothing refutes what the claim lacks: more runs might show it."""
    outcomes = [cell.text for cell in claim.tables.get("conditions", {}).values()]
    return UNDECIDED in outcomes and REFUTED not in outcomes and claim.verdict[0] in (PARTLY, FAILS)
