"""A claim's analysis from its runs: of its one sweep, or of the two that select settings and decide."""
import json
from pathlib import Path

from . import choice, rows
from .kept import Cell, Claim
from .runs import Sweep, rate_text

EDGE_WORDS = {None: "–", "lowest": "lowest tried", "highest": "highest tried"}


def analysed(folder, out):
    """The Claim with all of its tables; its runs' rows are put into out/runs.csv."""
    studies, claim = Path(out) / "study", Claim(folder.number)
    sweeps = {"decide": Sweep(studies / folder.name)}
    if folder.decide.is_file():
        claim.selection = Sweep(studies / folder.selection_name)
        sweeps = {"select": claim.selection, **sweeps}
        _, claim.choices = choice.fill(folder.decide, [run.axes for run in claim.selection.runs])
    folder.analysis().analyse(claim, sweeps["decide"])
    for chosen in claim.choices:
        put_choice(claim, chosen)
    _put_cost(claim, [run for sweep in sweeps.values() for run in sweep.runs])
    rows.replace(Path(out) / "runs.csv", folder.number, sweeps)
    return claim


def put_choice(claim, chosen):
    """Keeps one choice: each value, at which end of the tried ones it lies, and the mean that it was chosen by."""
    is_error = chosen.by.endswith("_error")
    for key, value in chosen.values.items():
        name = key.split(".")[-1].replace("_", " ")
        claim.put("chosen", chosen.base, name, Cell(text=_text(value)))
        claim.put("chosen", chosen.base, f"{name}: edge of the grid", Cell(text=EDGE_WORDS[chosen.edges.get(key)]))
    words = chosen.by.replace("_", " ") + (", %" if is_error else "")
    claim.put("chosen", chosen.base, words,
              Cell((100 if is_error else 1) * chosen.mean, ".2f" if is_error else ".4g", n=chosen.runs))


def _put_cost(claim, runs):
    summaries = [json.loads((run.directory / "summary.json").read_text()) for run in runs]
    seconds = sum(summary["seconds"] for summary in summaries)
    for name, value in (("runs", len(runs)), ("diverged", sum(run.diverged for run in runs)), ("seconds", seconds)):
        claim.put("cost", "all", name, Cell(float(value), ".0f"))
    programs = sorted({f"{summary['version']} ({summary['commit']})" for summary in summaries})
    claim.put("cost", "all", "program", Cell(text=", ".join(programs)))


def _text(value):
    try:
        return rate_text(float(value))
    except ValueError:
        return value
