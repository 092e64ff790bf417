"""Counts of seeds: the exact test against an even chance, and the exact interval. Standard library only."""
import math

STEPS = 60  # of halving an interval, which is more than a double has digits


def at_most(hits, trials, chance):
    """P(X <= hits) of a binomial X."""
    return math.fsum(math.comb(trials, k) * chance**k * (1 - chance)**(trials - k) for k in range(hits + 1))


def two_sided(hits, trials, chance=0.5):
    """The exact p: twice the smaller tail, the sign test at a chance of one half."""
    below, above = at_most(hits, trials, chance), 1 - at_most(hits - 1, trials, chance)
    return min(1.0, 2 * min(below, above))


def interval(hits, trials, level=0.95):
    """Clopper and Pearson's interval of the chance."""
    tail = (1 - level) / 2
    low = 0.0 if hits == 0 else _where(lambda chance: 1 - at_most(hits - 1, trials, chance) > tail)
    high = 1.0 if hits == trials else _where(lambda chance: at_most(hits, trials, chance) < tail)
    return low, high


def _where(is_past):
    """The chance at which a condition that holds for all larger ones begins to."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_past(middle) else (middle, high)
    return high
