"""Claim 3: how near the gradient tables of other settings come to the post's."""
import itertools
import math
import tempfile
from collections import Counter
from pathlib import Path

from ...kept import FAILS, HOLDS, PARTLY, Cell
from ...paired import difference, mean, spread
from ...post_tables import distance
from ...runs import Sweep, rate_text

FACTORS = ("width", "preprocess", "scheme", "name", "learning_rate")
LABELS = ("width", "preprocessing", "initial values", "optimizer", "learning rate")
DEFAULT = (200.0, "none", "published", "rmsprop", 4e-5)
VALLEY = "distance to the tables of the post (decades)"  # the column of a summary, and the words beside the axis


def analyse(claim, sweep):
    settings = _setting_distances(sweep)
    both = _both_tables(settings)
    ranked = sorted(both, key=lambda setting: mean(both[setting].values()))
    best = ranked[0]
    from_best = {setting: difference(both[setting], both[best], ".3f") for setting in ranked}
    place = f"default, {ranked.index(DEFAULT) + 1} of {len(ranked)}"
    for row, setting in [*enumerate(ranked[:8], 1), (place, DEFAULT)]:
        _put_setting(claim, row, setting, settings[setting], from_best[setting])
    _put_factors(claim, ranked, both, from_best)
    _put_valley(claim, both)
    alike = [setting for setting in ranked if setting == best or from_best[setting].low <= 0]
    _put_alike(claim, alike, len(ranked))
    if best == DEFAULT:
        claim.decide(PARTLY if len(alike) > 1 else HOLDS,
                     "second best setting's distance less the default's, decades", from_best[ranked[1]])
    else:
        claim.decide(PARTLY if DEFAULT in alike else FAILS,
                     "shipped default's distance less the best setting's, decades", from_best[DEFAULT])


def _put_factors(claim, ranked, both, from_best):
    """The best setting with each value of each factor."""
    for index, label in enumerate(LABELS):
        for value in dict.fromkeys(setting[index] for setting in both):
            champion = next(setting for setting in ranked if setting[index] == value)
            row = f"{label} {_value_text(value)}"
            claim.put("factors", row, "distance of the best", spread(both[champion].values(), ".3f"))
            claim.put("factors", row, "more than the best of all", from_best[champion])


def _valley(both):
    """(width, learning rate, {seed: distance}) of the settings that differ from the default in these two alone."""
    places = [(setting[0], setting[4], by_seed) for setting, by_seed in both.items() if setting[1:4] == DEFAULT[1:4]]
    return sorted(places, key=lambda place: place[:2])


def _put_valley(claim, both):
    for width, rate, by_seed in _valley(both):
        claim.put("valley", f"width {width:g}", rate_text(rate), spread(by_seed.values(), ".3f"))


def pictures(runs, draw):
    """The valley, as a sweep's summary with a column more."""
    with tempfile.TemporaryDirectory() as scratch:
        (Path(scratch) / "summary.csv").write_text(_valley_summary(Sweep(runs)), encoding="utf-8")
        return {"valley": draw([(None, scratch)], ["sweep"], y=VALLEY)["sweep"]}


def _valley_summary(sweep):
    lines = [f"run,train.optimizer.learning_rate,model.width,seed,{VALLEY},status,train_loss,train_error,test_loss,"
             "test_error,test_wrong"]
    for number, (width, rate, by_seed) in enumerate(_valley(_both_tables(_setting_distances(sweep)))):
        lines += [f"{number}-{seed},{rate_text(rate)},{width:g},{seed},{apart:.6f},done,,,,,"
                  for seed, apart in sorted(by_seed.items())]
    return "\n".join(lines) + "\n"


def _both_tables(settings):
    """{setting: {seed: mean of the distances without BN and with it}}"""
    return {setting: {seed: (off + on) / 2 for seed, (off, on) in seeds.items()} for setting, seeds in settings.items()}


def _put_alike(claim, alike, count):
    """How many settings cannot be told from the best, and how often each factor's values are among them."""
    claim.put("figures", "settings as good as the best", "number", Cell(float(len(alike)), ".0f"))
    claim.put("figures", "settings", "number", Cell(float(count), ".0f"))
    for index, label in enumerate(LABELS):
        found = Counter(setting[index] for setting in alike)
        text = ", ".join(f"{_value_text(value)} ({times})" for value, times in found.most_common())
        claim.put("alike", label, "among those as good as the best (how many)", Cell(text=text))


def _setting_distances(sweep):
    """{setting: {seed: (distance off, distance on)}}; only settings that have a finite distance for every seed."""
    keys = [sweep.key(name) for name in FACTORS]
    found = {}
    for run in sweep.runs:
        setting = tuple(_value(run.axes[key]) for key in keys)
        normalized = run.axes["config"] == "on"
        reached = math.inf if run.diverged else distance(run, normalized)
        found.setdefault(setting, {}).setdefault(run.seed, [math.inf, math.inf])[normalized] = reached
    return {setting: {seed: tuple(pair) for seed, pair in seeds.items()} for setting, seeds in found.items()
            if all(map(math.isfinite, itertools.chain(*seeds.values())))}


def _put_setting(claim, row, setting, seeds, from_best):
    for label, value in zip(LABELS, setting):
        claim.put("best", row, label, Cell(text=_value_text(value)))
    claim.put("best", row, "without BN", spread([off for off, _ in seeds.values()], ".3f"))
    claim.put("best", row, "with BN", spread([on for _, on in seeds.values()], ".3f"))
    claim.put("best", row, "more than the best", from_best)


def _value(text):
    try:
        return float(text)
    except ValueError:
        return text


def _value_text(value):
    return value if isinstance(value, str) else rate_text(value)
