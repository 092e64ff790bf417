"""Runs a claim's sweeps with bnrun: the one, or the one that selects settings and then the one that decides. Standard library only."""
import json
import signal
import subprocess
import sys
from pathlib import Path

from . import choice, quick

EVERY = 20  # lines of the log, of which one is shown


def run(claim, out, bnrun, is_quick):
    """Leaves the runs in out/study/claimNN, those of a selection in claimNN_select; gives bnrun's exit code.

    It is 0 where some runs diverged, too. Specs that were made stand beside the runs: claimNN_select.json, claimNN.json.
    """
    signal.signal(signal.SIGINT, lambda *_: None)  # bnrun stops by itself, and says so
    studies = Path(out) / "study"
    if not claim.decide.is_file():
        return _swept(claim, _spec(claim, studies / claim.name, is_quick), studies / claim.name, bnrun)
    selection = studies / claim.selection_name
    status = _swept(claim, _spec(claim, selection, is_quick, "select"), selection, bnrun)
    if status:
        return status
    spec, _ = choice.fill(claim.decide, choice.read(selection))
    text = quick.quick_spec(claim, spec, "decide") if is_quick else json.dumps(spec, indent=2)
    return _swept(claim, _written(studies / claim.name, text), studies / claim.name, bnrun)


def _spec(claim, runs, is_quick, stage=None):
    return _written(runs, quick.quick_spec(claim, stage=stage)) if is_quick else claim.spec


def _written(runs, text):
    path = runs.with_suffix(".json")
    path.write_text(text + "\n", encoding="utf-8")
    return path


def _swept(claim, spec, runs, bnrun):
    """Runs one sweep in its shares; models that the analysis does not read are removed after each."""
    shares = claim.facts.get("shares", 1)
    command = [bnrun, "sweep", spec, "--out", runs]
    with open(runs.with_suffix(".log"), "w", encoding="utf-8") as log:
        for share in range(1, shares + 1):
            status = _shown([*command, "--task", str(share), "--tasks", str(shares)], log)
            if status:
                return status
            if not claim.facts.get("keep_models") or runs.name == claim.selection_name:
                for model in runs.rglob("model.safetensors"):
                    model.unlink()
        with open(runs.with_suffix(".txt"), "w", encoding="utf-8") as table:
            return subprocess.run([*command, "--collect"], stdout=table, stderr=log).returncode


def _shown(command, log):
    """Runs bnrun with its log kept; of which errors are shown, and every 20th line."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as sweep:
        for count, line in enumerate(sweep.stderr):
            log.write(line)
            if count % EVERY == 0 or " error: " in line:
                print(line, end="", file=sys.stderr, flush=True)
    return sweep.returncode
