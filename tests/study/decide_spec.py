"""Prints the spec of a claim's deciding sweep, or with --quick of its small version, as if every run had done as well."""
import itertools
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.dont_write_bytecode = True

from study import choice, folders, quick  # noqa: E402


def rows(spec):
    """A row of summary.csv for every point of a spec with lists of values."""
    grid, together = spec.get("grid", {}), spec.get("zip", {})
    for base, values, step in itertools.product(spec["base"], itertools.product(*map(_values, grid.values())),
                                                list(zip(*together.values())) or [()]):
        axes = {**dict(zip(grid, values)), **dict(zip(together, step))}
        yield {"config": base["name"], **{key: _text(value) for key, value in axes.items()},
               "status": "done", "validation_error": "0.5", "test_error": "0.5", "train_loss": "1"}


def _values(values):
    return values if isinstance(values, list) else [values]


def _text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)


def main():
    claim = folders.claims()[int(sys.argv[1])]
    is_quick = "--quick" in sys.argv
    selection = json.loads(quick.quick_spec(claim, stage="select")) if is_quick else folders.read_json(claim.spec)
    spec, _ = choice.fill(claim.decide, list(rows(selection)))
    print(quick.quick_spec(claim, spec, "decide") if is_quick else json.dumps(spec))


if __name__ == "__main__":
    main()
