"""A small version of a sweep's spec: fewer seeds, points and epochs. Standard library only."""
import json

from . import folders

SEEDS = "1:3"


def quick_spec(folder):
    """The JSON text of the small version of a claim's spec."""
    spec = folders.read_json(folder.spec)
    smaller = folder.facts["quick"]
    for base in spec["base"]:
        if "epochs" in base.get("train", {}):
            base["train"]["epochs"] = min(base["train"]["epochs"], smaller["epochs"])
    spec["grid"]["seed"] = SEEDS
    for key, values in smaller.get("axes", {}).items():
        spec["zip" if key in spec.get("zip", {}) else "grid"][key] = values
    return json.dumps(spec, indent=2)
