"""A small version of a sweep's spec: fewer seeds, points and epochs. Standard library only.

`quick` of claim.json: `epochs`, at most so many; `axes`, {key: fewer values}; `set`, {key: value} of every run; and `decide`,
which has `axes` and `set` of the deciding sweep.
"""
import json

from . import folders
from .choice import put

SEEDS = {"select": "1:2", "decide": "11:12"}
ONLY_SEEDS = "1:3"  # of a claim that has one sweep


def quick_spec(folder, spec=None, stage=None):
    """The JSON text of the small version of a claim's spec, or of the finished spec of its deciding sweep."""
    spec = folders.read_json(folder.spec) if spec is None else spec
    quick = folder.facts["quick"]
    smaller = quick.get("decide", {}) if stage == "decide" else quick
    for settings, key in [(base.get("train", {}), "epochs") for base in spec["base"]] + [(spec.get("set", {}), "train.epochs")]:
        if key in settings:
            settings[key] = min(settings[key], quick.get("epochs", settings[key]))
    spec["grid"]["seed"] = SEEDS.get(stage, ONLY_SEEDS)
    for key, values in smaller.get("axes", {}).items():
        spec["zip" if key in spec.get("zip", {}) else "grid"][key] = values
    for key, value in smaller.get("set", {}).items():
        if key in spec.get("set", {}):  # which holds for every point, whatever the bases say
            spec["set"][key] = value
            continue
        for base in spec["base"]:
            put(base, key, value)
        if key in spec.get("set", {}):
            spec["set"][key] = value
    return json.dumps(spec, indent=2)
