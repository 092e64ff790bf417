"""That bnrun's float64 figures are those of its formulas, which net.py has in numpy: compare_test.py PATH-OF-BNRUN"""
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.dont_write_bytecode = True

try:
    import numpy as np
except ImportError:
    print("compare_test: SKIPPED: python3-numpy is not installed (apt-get install -y python3-numpy)")
    sys.exit(77)

import cases
import files
import observe
import philox
import train

LEAST_CASES = 100
TOLERANCE = 1e-12
SPECTRAL_TOLERANCE = 1e-10  # what is promised of the spectral norm, which stops where it is that close
LAYER_TOLERANCE = 1e-10
NUDGE, MOST_GROWTH = 1e-15, 100


def named_columns(kind, names, rows):
    return {(kind, name): column for name, column in zip(names, np.array(rows, float).T, strict=True)}


def formula_figures(case, nudge=0.0):
    """{(kind, name): figures} of each column and tensor, from initial values that are off by that much relatively."""
    random = np.random.RandomState(4)
    initial = {name: values * (1 + nudge * random.uniform(-1, 1, values.shape))
               for name, values in cases.initial_values(case).items()}
    tables, model, rows = train.train(cases.config_of(case), cases.data_of(case), initial)
    hidden = range(1, len(case["hidden"]) + 1)
    layers = [f"layer_{i}" for i in (*hidden, len(case["hidden"]) + 1)]
    ends = [f"layer_{i}_{end}" for i in hidden for end in ("min", "max")]
    columns = {"gradients": ["iteration", *layers], "activations": ["iteration", *ends],
               "iterations": ["iteration", "loss", "learning_rate"],
               "epochs": ["train_loss", "train_error", "test_loss", "test_error"]}
    figures = {("model", name): values for name, values in model.items()}
    for kind, names in columns.items():
        figures.update(named_columns(kind, ["epoch", *names], tables[kind]))
    return figures, rows


def run_figures(bnrun, scratch, name, case):
    """The same of bnrun's run."""
    config, at = cases.config_of(case), scratch / name
    files.write_safetensors(at.with_suffix(".safetensors"), cases.initial_values(case))
    config["data"]["dir"] = str(scratch / case["data"])
    config["log"]["observe"] = ["gradient", "activation", *observe.QUANTITIES]
    config["model"]["init"] = {"from": str(at.with_suffix(".safetensors"))}
    at.with_suffix(".json").write_text(json.dumps(config))
    command = [bnrun, "--config", at.with_suffix(".json"), "--out", at, "--threads", "1"]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 0, f"{ended.stderr}{case}"
    figures = {("model", tensor): values for tensor, values in files.read_safetensors(at / "model.safetensors").items()}
    for kind in ("gradients", "activations", "iterations", "epochs"):
        figures.update(named_columns(kind, *files.read_table(at / f"{kind}.csv")))
    return figures, files.read_layers(at / "layers.csv")


def scale_of(key, figures):
    """What a difference is relative to: the entry itself, but for
    a tensor, its largest entry: where an entry's terms cancel, their rounding does not shrink with it;
    a layer's extremes, the larger one: the other may be next to 0, and is a sum of as large terms."""
    kind, name = key
    if kind == "model":
        return abs(figures[key]).max()
    if kind == "activations" and name.startswith("layer"):
        layer = name.rsplit("_", 1)[0]
        return np.maximum(abs(figures[kind, layer + "_min"]), abs(figures[kind, layer + "_max"]))
    return abs(figures[key])


def differences(ours, theirs):
    """{(kind, name): largest relative difference}; equal figures differ by nothing, whatever their scale."""
    assert ours.keys() == theirs.keys(), f"columns and tensors that only one has: {ours.keys() ^ theirs.keys()}"
    found = {}
    for key, figures in theirs.items():
        assert ours[key].shape == figures.shape, f"{key} is {ours[key].shape}, expected {figures.shape}"
        with np.errstate(divide="ignore", invalid="ignore"):
            relative = abs(ours[key] - figures) / scale_of(key, theirs)
        found[key] = np.where(ours[key] == figures, 0, relative).max()
    return found


def layer_differences(ours, theirs, worst):
    """{(quantity, layer): largest difference}, absolute for figures below 1, which are made of larger ones, and relative
    for those above. Adds to the worst of each quantity."""
    assert len(ours) == len(theirs), f"{len(ours)} iterations in layers.csv, expected {len(theirs)}"
    found = {}
    for mine, row in zip(ours, theirs):
        assert mine.keys() == row.keys(), f"only one has {sorted(mine.keys() ^ row.keys())}"
        for key, value in row.items():
            apart = 0 if np.isnan(value) and np.isnan(mine[key]) else abs(mine[key] - value) / max(1, abs(value))
            found[key] = max(apart, found.get(key, 0))
    for (quantity, _), apart in found.items():
        worst[quantity] = max(apart, worst.get(quantity, 0))
    return found


def is_well_conditioned(case):
    """Whether a rounding stays one: figures of initial values that are nudged are not many times as far apart. Where a
    gradient is next to 0 beside its terms, or a normalized unit next to constant, no two programs agree to 1e-12."""
    apart = differences(formula_figures(case, NUDGE)[0], formula_figures(case)[0])
    return all(difference <= NUDGE * MOST_GROWTH for difference in apart.values())


def compare_run(bnrun, scratch, name, case, worst):
    """Adds a run's largest differences to the worst of each kind. Returns those that are too large."""
    figures, rows = formula_figures(case)
    own_figures, own_rows = run_figures(bnrun, scratch, name, case)
    failed = [f"{quantity} of layer {layer} {apart:.1e}" for (quantity, layer), apart in
              layer_differences(own_rows, rows, worst).items() if not apart <= LAYER_TOLERANCE]
    for (kind, column), apart in differences(own_figures, figures).items():
        spectral = kind == "gradients" and case["norm"] == "spectral"
        kind += " (spectral)" if spectral else ""
        worst[kind] = max(apart, worst.get(kind, 0))
        if not apart <= (SPECTRAL_TOLERANCE if spectral else TOLERANCE):
            failed.append(f"{kind} {column} {apart:.1e}")
    return failed


def main(bnrun):
    philox.check()
    worst, failures = {}, 0
    runs = cases.covering_cases(LEAST_CASES, is_well_conditioned)
    with tempfile.TemporaryDirectory() as directory:
        scratch = Path(directory)
        for kind in cases.CHOICES["data"]:
            files.write_data(scratch / kind, cases.make_data(kind), cases.shape_of(kind))
        for number, case in enumerate(runs):
            failed = compare_run(bnrun, scratch, f"run{number}", case, worst)
            failures += len(failed)
            if failed:
                print(f"FAILED: {', '.join(failed)}: relative differences in a run of {case}", file=sys.stderr)
    print(f"{len(runs)} runs, worst relative differences:", ", ".join(f"{k} {worst[k]:.1e}" for k in sorted(worst)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
