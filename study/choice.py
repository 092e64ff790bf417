"""Settings that are chosen from one sweep to be measured in another: a claim's spec.json selects, its decide.json decides.

decide.json is a sweep's spec, of which a base may have `best`: {"of": {"config": "relu"}, "keys":
["train.optimizer.learning_rate"], "by": "validation_error"}. It gets those values of `keys` with the lowest mean of `by` over
the seeds of the selection's runs that fit `of` (default: of the same config); ties go to the smaller values. A run that
diverged counts as an error of 0.9, and of other columns as the worst there can be. `each`: {"model.depth": [10, 20]} makes a
base of every value, named config_10 and config_20, with a choice of its own. Standard library only.
"""
import copy
import csv
import math
from dataclasses import dataclass

from .folders import Unsound, read_json

GUESSING = 0.9  # the error of a run that diverged: a guess among ten classes


@dataclass(frozen=True)
class Choice:
    """What was chosen for one base of decide.json."""

    base: str
    values: dict  # key: its value as the selection's summary has it
    mean: float  # of what it was chosen by
    by: str
    runs: int
    edges: dict  # key: "lowest" or "highest" where the best is at the end of what was tried, and better than the value beside it


def read(directory):
    """The rows of a sweep's summary.csv that have a result."""
    with open(directory / "summary.csv", newline="", encoding="utf-8") as file:
        return [row for row in csv.DictReader(file) if row["status"] in ("done", "diverged")]


def fill(path, rows):
    """(the spec of the deciding sweep, its choices) from decide.json and the selection's rows."""
    spec = read_json(path)
    bases = [one for base in spec["base"] for one in _each(base)]
    choices = []
    for base in bases:
        wanted = base.pop("best", None)
        if wanted is None:
            continue
        of = wanted.get("of", {"config": base["name"]})
        try:
            choice = best(rows, of, wanted["keys"], wanted.get("by", "validation_error"), base["name"])
        except KeyError as missing:
            raise Unsound(f"{path}: base {base['name']}: best: {missing.args[0]}") from None
        choices.append(choice)
        for key, value in choice.values.items():
            put(base, key, _typed(value))
    return {**spec, "base": bases}, choices


def best(rows, of, keys, by="validation_error", base=""):
    """The Choice among the rows that fit the conditions `of`."""
    fitting = [row for row in rows if all(same(row[column(row, key)], value) for key, value in of.items())]
    if not fitting:
        raise KeyError(f"no run of the selection has {', '.join(f'{key}={value}' for key, value in of.items())}")
    columns = {key: column(fitting[0], key) for key in keys}
    results = {}
    for row in fitting:
        results.setdefault(tuple(row[name] for name in columns.values()), []).append(_result(row, column(row, by)))
    means = {setting: math.fsum(found) / len(found) for setting, found in results.items()}
    chosen = min(means, key=lambda setting: (means[setting], [_order(value) for value in setting]))
    tried = {key: {setting[place] for setting in means} for place, key in enumerate(keys)}
    edges = {key: edge for place, key in enumerate(keys) if (edge := _edge(chosen, place, tried[key], means))}
    return Choice(base, dict(zip(keys, chosen)), means[chosen], by, len(results[chosen]), edges)


def column(row, name):
    """The column with this name, or the one whose last parts it is."""
    found = [key for key in row if key == name] or [key for key in row if key.endswith("." + name)]
    if len(found) != 1:
        raise KeyError(f"{name}: names {len(found)} of {', '.join(row) or 'no runs'}")
    return found[0]


def same(text, value):
    """Whether a summary's text is this value; numbers compare as numbers."""
    number = None if isinstance(value, (str, bool)) else _number(text)
    return text == str(value).lower() if isinstance(value, bool) else text == value if number is None else number == value


def put(config, key, value):
    """Sets a dotted key of a nested config."""
    *parents, last = key.split(".")
    for name in parents:
        if not isinstance(config.get(name), dict):
            config[name] = {}
        config = config[name]
    config[last] = value


def _each(base):
    """The bases that `each` makes of one."""
    base = copy.deepcopy(base)
    each = base.get("best", {}).pop("each", None)
    if each is None:
        return [base]
    (key, values), = each.items()
    made = []
    for value in values:
        one = copy.deepcopy(base)
        one["name"] = f"{base['name']}_{value}"
        one["best"]["of"] = {**base["best"].get("of", {"config": base["name"]}), key: value}
        put(one, key, value)
        made.append(one)
    return made


def _result(row, name):
    if row["status"] == "diverged":
        return GUESSING if name.endswith("_error") else math.inf
    return float(row[name])


def _edge(chosen, place, tried, means):
    """Which end of what was tried this value is, unless the value beside it does as well."""
    ordered = sorted((value for value in tried if _number(value) is not None), key=_number)
    if len(ordered) < max(2, len(tried)):
        return None
    for end, beside, word in ((0, 1, "lowest"), (-1, -2, "highest")):
        neighbour = (*chosen[:place], ordered[beside], *chosen[place + 1:])
        if chosen[place] == ordered[end] and means.get(neighbour) != means[chosen]:
            return word
    return None


def _number(text):
    try:
        return float(text)
    except ValueError:
        return None


def _order(text):
    number = _number(text)
    return (0, number, "") if number is not None else (1, 0.0, text)


def _typed(text):
    """A JSON value as a summary's text means it."""
    number = _number(text)
    if number is None:
        return {"true": True, "false": False}.get(text, text)
    return int(text) if text.lstrip("-").isdigit() else number
