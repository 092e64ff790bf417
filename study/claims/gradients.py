"""Claims 1 to 3: the gradient tables, beside the post's and over other settings."""
import itertools
import math
from collections import Counter

import numpy

from .. import rules
from ..kept import FAILS, HOLDS, PARTLY, Cell, Claim
from ..nets import weights
from ..paired import difference, interval, mean, spread
from ..post_tables import distance, log_ratios, post_table
from ..runs import rate_text

FACTOR_TWO = math.log10(2)
LAST = 3  # "only the last three layers learn"


def vanishing(sweep):
    claim = _tables(Claim(1), sweep, normalized=False)
    runs = sweep.select(config="one_epoch")
    near = interval([distance(run, False) for run in runs], ".3f")
    first = interval([_level(run)[0] for run in runs], ".2f")
    share = mean(_share_of_last(run) for run in runs)
    claim.put("figures", "first layer", "log10 of the norm", first)
    claim.put("figures", "last three layers", "share of the squared norms", Cell(share, ".4f"))
    moved = {run.seed: _moved(run, sweep) for run in runs}
    ratio = interval([change[0] / change[-LAST:].mean() for change in moved.values()], ".2f")
    claim.put("figures", "first layer against the last three", "change of weights", ratio)
    vanish = rules.both(rules.below(near, FACTOR_TWO), rules.within(first, -7, -6), rules.fact(share > 0.99))
    conditions = {"the gradients vanish": vanish, "only the last three layers learn": rules.below(ratio, 0.1)}
    rules.decide(claim, conditions, "first layer's gradient norm, log10", first)
    return claim


def normalized(sweep):
    claim = _tables(Claim(2), sweep, normalized=True)
    runs = sweep.select(config="one_epoch")
    near = interval([distance(run, True) for run in runs], ".3f")
    levels = numpy.array([_level(run)[:-1] for run in runs])
    inside = ((10**levels.mean(axis=0) >= 0.1) & (10**levels.mean(axis=0) <= 0.3)).sum()
    claim.put("figures", "hidden layers with a norm from 0.1 to 0.3", "number", Cell(float(inside), ".0f"))
    ratio = interval([level.max() - level.min() for level in levels], ".2f")
    claim.put("figures", "largest against smallest hidden layer", "log10 of the ratio", ratio)
    conditions = {"distance below a factor of 2": rules.below(near, FACTOR_TWO),
                  "every hidden layer within 0.1 to 0.3": rules.fact(inside == levels.shape[1])}
    verdict = PARTLY if inside > levels.shape[1] / 2 and rules.verdict(conditions.values()) == FAILS else None
    rules.decide(claim, conditions, "distance to the post's table, decades", near, verdict)
    return claim


def _tables(claim, sweep, normalized):
    runs = sweep.select(config="one_epoch")
    printed = min(runs, key=lambda run: run.seed)
    form = ".2f" if normalized else ".1e"
    layers = [f"{layer + 1}" for layer in range(printed.gradients[1].shape[1])]
    ratios = numpy.array([log_ratios(run, normalized) for run in runs])
    for (iteration, post), ratio in zip(post_table(normalized).items(), numpy.moveaxis(ratios, 1, 0)):
        claim.put("printed", f"{iteration}", "gradients.txt", Cell(text=printed.printed(iteration)))
        for layer, name in enumerate(layers):
            claim.put("gradients", f"{iteration}, post", name, Cell(float(post[layer]), form))
            ours = post[layer] * 10 ** ratio[:, layer].mean()
            claim.put("gradients", f"{iteration}, ours", name, Cell(float(ours), form))
    for layer, name in enumerate(layers):
        claim.put("ratios", "log10(ours / post's)", name, spread(ratios[:, :, layer].mean(axis=1), "+.2f"))
    claim.put("distance", "all layers and rows", "mean of abs log10(ours / post's)",
              interval([distance(run, normalized) for run in runs], ".3f"))
    for name in ("one_epoch", "ten_epochs"):
        moved = numpy.array([_moved(run, sweep) for run in sweep.select(config=name)])
        for layer, column in enumerate(layers):
            claim.put("moved", name.replace("_", " "), column, spread(moved[:, layer], ".2f"))
        errors = [run.test_error for run in sweep.select(config=name)]
        claim.put("errors", name.replace("_", " "), "test error, %", spread(errors, ".2f", 100))
    claim.put("printed", "test error", "seed 1", Cell(printed.test_error, ".4g"))
    return claim


def _level(run):
    """log10 of the geometric mean of each layer's norm over the post's iterations."""
    rows, norms = run.gradients
    chosen = [iteration in post_table(False) for iteration in rows[:, 1]]
    return numpy.log10(norms[chosen]).mean(axis=0)


def _share_of_last(run):
    squares = (10 ** _level(run)) ** 2
    return squares[-LAST:].sum() / squares.sum()


def _moved(run, sweep):
    """Each layer's change of weights in training against its initial weights' norm."""
    start, = sweep.select(config="initial", seed=run.seed)
    return numpy.array([numpy.linalg.norm(after - before) / numpy.linalg.norm(before)
                        for before, after in zip(weights(start), weights(run))])


FACTORS = ("width", "preprocess", "scheme", "name", "learning_rate")
LABELS = ("width", "preprocessing", "initial values", "optimizer", "learning rate")
DEFAULT = (200.0, "none", "published", "rmsprop", 4e-5)


def hyper_parameters(sweep):
    claim = Claim(3)
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
    return claim


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


def valley_summary(sweep):
    """The same as the text of a sweep's summary.csv, in which the distance stands for the test error."""
    lines = ["run,train.optimizer.learning_rate,model.width,seed,status,train_loss,train_error,test_loss,test_error,"
             "test_wrong"]
    for number, (width, rate, by_seed) in enumerate(_valley(_both_tables(_setting_distances(sweep)))):
        lines += [f"{number}-{seed},{rate_text(rate)},{width:g},{seed},done,,,,{apart:.6f},"
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
