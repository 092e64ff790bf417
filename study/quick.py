"""A small version of a sweep's spec: fewer seeds, points and epochs. Standard library only."""
import json
import re

SEEDS = "1:3"
OPTIMIZER = "train.optimizer.name"
RATE = "train.optimizer.learning_rate"

# claim -> (most epochs, axes that get fewer values)
SMALLER = {
    1: (3, {}),
    2: (3, {}),
    3: (1, {"model.width": [100, 200, 300], "data.preprocess": ["none"],
            "model.init.scheme": ["published", "he_normal"], "seed": "1:2",
            OPTIMIZER: ["rmsprop", "rmsprop", "rmsprop", "sgd"], RATE: [1e-5, 4e-5, 1.6e-4, 0.1]}),
    4: (1, {"data.train_samples": [2000, 60000], "train.epochs": [1, 1]}),
    5: (2, {}),
    6: (2, {}),
    7: (2, {"seed": "1:2"}),
    8: (2, {"seed": "1:2"}),
    9: (1, {OPTIMIZER: ["rmsprop"] * 4 + ["sgd"] * 3, RATE: [1e-5, 1e-4, 1e-3, 0.01, 0.01, 0.1, 1], "seed": "1:2"}),
    10: (6, {"model.dropout": [0, 0.2, 0.5]}),
    11: (6, {"train.l2": [0, 1e-5, 1e-4, 1e-3]}),
    12: (1, {"data.preprocess": ["none", "center", "zscore", "zca"], "seed": "1:2"}),
    13: (1, {RATE: [4e-5, 4e-4]}),
    14: (1, {}),
    15: (1, {"model.depth": [2, 10, 20], "seed": "1:2"}),
}


def quick_spec(path, number):
    """The JSON text of the small version of the spec at `path`."""
    with open(path, encoding="utf-8") as file:
        spec = json.loads(re.sub(r"^\s*//.*$", "", file.read(), flags=re.MULTILINE))
    epochs, axes = SMALLER[number]
    for base in spec["base"]:
        if "epochs" in base.get("train", {}):
            base["train"]["epochs"] = min(base["train"]["epochs"], epochs)
    spec["grid"]["seed"] = SEEDS
    for key, values in axes.items():
        spec["zip" if key in spec.get("zip", {}) else "grid"][key] = values
    return json.dumps(spec, indent=2)
