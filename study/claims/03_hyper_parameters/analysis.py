"""Claim 3: from which settings the post's gradient tables might come."""
from collections import Counter

import numpy

from ... import rules
from ...kept import FAILS, HOLDS, PARTLY, Cell
from ...post_tables import post_table
from ...runs import rate_text

FACTORS = ("width", "preprocess", "scheme", "name", "learning_rate")
LABELS = ("width", "preprocessing", "initial values", "optimizer", "learning rate")
DEFAULT = (200.0, "none", "published", "rmsprop", 4e-5)
LEVEL = 0.05
SHOWN = 8


def analyse(claim, sweep):
    tables = logs_of_settings(sweep)
    post = [numpy.log10(list(post_table(normalized).values())) for normalized in (False, True)]
    scores = scores_of(tables, post)
    excess = {setting: score - min(scores.values()) for setting, score in scores.items()}
    draws = {setting: excess_of_draws(tables, setting) for setting in tables}
    chance = {setting: (1 + (draws[setting] >= excess[setting]).sum()) / (1 + len(draws[setting])) for setting in tables}
    ranked = sorted(scores, key=scores.get)
    for row, setting in [*enumerate(ranked[:SHOWN], 1), ("default", DEFAULT)]:
        _put_setting(claim, row, setting, (scores[setting], excess[setting], chance[setting]))
    _put_factors(claim, ranked, scores, chance)
    _put_valley(claim, scores)
    for normalized, name in ((False, "without BN"), (True, "with BN")):
        _put_post_among_seeds(claim, name, tables[DEFAULT][normalized], post[normalized])
    allowed = [setting for setting in ranked if chance[setting] >= LEVEL]
    _put_allowed(claim, allowed, len(ranked))
    claim.put("figures", "place of the default", "number", Cell(float(ranked.index(DEFAULT) + 1), ".0f"))
    _decide(claim, allowed, excess[DEFAULT], draws[DEFAULT])


def _decide(claim, allowed, excess, draws):
    most = float(numpy.quantile(draws, 1 - LEVEL))
    claim.put("figures", "default: excess over the best, decades", "number", Cell(excess, ".3f"))
    claim.put("figures", "what 95 % of its own draws have at most", "number", Cell(most, ".3f"))
    conditions = {"the default is not ruled out": rules.fact(DEFAULT in allowed),
                  "every other setting is": rules.fact(set(allowed) <= {DEFAULT})}
    verdict = FAILS if DEFAULT not in allowed else HOLDS if len(allowed) == 1 else PARTLY
    rules.decide(claim, conditions, "default's energy score less the best setting's, decades",
                 Cell(excess, ".3f", n=len(draws)), verdict, margin=most, unit=rules.DECADES, kind=rules.EXACT)


def logs_of_settings(sweep):
    """{setting: (without BN, with BN)}, each log10 of the norms [seed, row, layer]; only settings whose norms all are finite."""
    keys = [sweep.key(name) for name in FACTORS]
    found = {}
    for run in sweep.runs:
        setting = tuple(_value(run.axes[key]) for key in keys)
        found.setdefault(setting, ({}, {}))[run.axes["config"] == "on"][run.seed] = _logs(run)
    arrays = {setting: tuple(numpy.array(list(by_seed.values())) for by_seed in pair) for setting, pair in found.items()}
    return {setting: pair for setting, pair in arrays.items() if all(numpy.isfinite(logs).all() for logs in pair)}


def _logs(run):
    """log10 of the norms [row, layer] at the post's iterations; NaN where the run ended before them."""
    rows, norms = run.gradients
    by_iteration = dict(zip(rows[:, 1], norms))
    missing = numpy.full(norms.shape[1], numpy.nan)
    with numpy.errstate(divide="ignore", invalid="ignore"):
        return numpy.log10([by_iteration.get(iteration, missing) for iteration in post_table(False)])


def scores_of(tables, targets):
    """{setting: the energy scores of both tables together}: E|X - y| - E|X - X'| / 2, in decades (the smaller, the nearer)."""
    return {setting: sum(_apart(logs, target[None]).mean() - _own_apart(logs) / 2 for logs, target in zip(pair, targets))
            for setting, pair in tables.items()}


def excess_of_draws(tables, setting):
    """[draw]: were the post a draw from this setting, how much its score would be above the best one's: each seed in turn."""
    drawn = tables[setting]
    apart = {other: [_apart(logs, own) for logs, own in zip(pair, drawn)] for other, pair in tables.items()}
    scores = {other: sum(matrix.mean(axis=0) - _own_apart(logs) / 2 for matrix, logs in zip(matrices, tables[other]))
              for other, matrices in apart.items()}
    scores[setting] = sum(_without_itself(matrix) for matrix in apart[setting])
    return scores[setting] - numpy.min(list(scores.values()), axis=0)


def _apart(logs, others):
    """Mean of abs differences [seed of logs, seed of others]."""
    return numpy.abs(logs[:, None] - others[None]).mean(axis=(2, 3))


def _own_apart(logs):
    """Mean of abs differences of two different seeds."""
    return _apart(logs, logs).sum() / (len(logs) * (len(logs) - 1))


def _without_itself(matrix):
    """The energy score of each seed by all the others."""
    count = len(matrix)
    others = matrix.sum(axis=0) / (count - 1)
    own = (matrix.sum() - 2 * matrix.sum(axis=0)) / ((count - 1) * (count - 2))
    return others - own / 2


def _put_post_among_seeds(claim, name, logs, post):
    """The post's distance to the default's seeds, beside theirs to each other; and a test of the two."""
    squares = [_mean_square(numpy.delete(logs, seed, axis=0), logs[seed]) for seed in range(len(logs))]
    at_least = sum(square >= _mean_square(logs, post) for square in squares)
    claim.put("among seeds", name, "the post to the seeds", Cell(float(_apart(logs, post[None]).mean()), ".3f"))
    claim.put("among seeds", name, "two seeds", Cell(float(_own_apart(logs)), ".3f"))
    claim.put("among seeds", name, "p", Cell((1 + at_least) / (1 + len(logs)), ".2f"))


def _mean_square(logs, one):
    """Mean of the squares of (one - mean) / deviation, over rows and layers."""
    return float((((one - logs.mean(axis=0)) / logs.std(axis=0, ddof=1)) ** 2).mean())


def _put_factors(claim, ranked, scores, chance):
    """The best setting with each value of each factor."""
    for index, label in enumerate(LABELS):
        for value in dict.fromkeys(setting[index] for setting in sorted(ranked, key=str)):
            champion = next(setting for setting in ranked if setting[index] == value)
            row = f"{label} {_value_text(value)}"
            claim.put("factors", row, "energy score of the best", Cell(scores[champion], ".3f"))
            claim.put("factors", row, "largest p", Cell(max(chance[one] for one in ranked if one[index] == value), ".2f"))


def _put_valley(claim, scores):
    """The settings that differ from the default in width and learning rate alone."""
    places = [(setting[0], setting[4], score) for setting, score in scores.items() if setting[1:4] == DEFAULT[1:4]]
    for width, rate, score in sorted(places):
        claim.put("valley", f"width {width:g}", rate_text(rate), Cell(score, ".3f"))


def _put_allowed(claim, allowed, count):
    """How many settings are not ruled out, and how often each factor's values are among them."""
    claim.put("figures", "settings that are not ruled out", "number", Cell(float(len(allowed)), ".0f"))
    claim.put("figures", "settings", "number", Cell(float(count), ".0f"))
    for index, label in enumerate(LABELS):
        found = Counter(setting[index] for setting in allowed)
        text = ", ".join(f"{_value_text(value)} ({times})" for value, times in found.most_common())
        claim.put("allowed", label, "among those that are not ruled out (how many)", Cell(text=text))


def _put_setting(claim, row, setting, figures):
    for label, value in zip(LABELS, setting):
        claim.put("best", row, label, Cell(text=_value_text(value)))
    for column, figure, form in zip(("energy score", "more than the best", "p"), figures, (".3f", ".3f", ".2f")):
        claim.put("best", row, column, Cell(float(figure), form))


def _value(text):
    try:
        return float(text)
    except ValueError:
        return text


def _value_text(value):
    return value if isinstance(value, str) else rate_text(value)
