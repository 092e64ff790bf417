"""Runs a claim's sweep with bnrun. Standard library only."""
import signal
import subprocess
import sys
from pathlib import Path

from . import folders, quick

EVERY = 20  # lines of the log, of which one is shown


def run(claim, out, bnrun, is_quick):
    """Leaves the runs in out/study/claimNN; gives bnrun's exit code, which is 0 where some runs diverged, too.

    Models that the analysis does not read are removed after each share.
    """
    runs = Path(out) / "study" / claim.name
    spec = claim.spec
    if is_quick:
        spec = runs.with_suffix(".json")
        spec.write_text(quick.quick_spec(claim) + "\n", encoding="utf-8")
    facts = claim.facts
    shares = facts.get("shares", 1)
    command = [bnrun, "sweep", spec, "--out", runs]
    signal.signal(signal.SIGINT, lambda *_: None)  # bnrun stops by itself, and says so
    with open(runs.with_suffix(".log"), "w", encoding="utf-8") as log:
        for share in range(1, shares + 1):
            status = _shown([*command, "--task", str(share), "--tasks", str(shares)], log)
            if status:
                return status
            if not facts.get("keep_models"):
                for model in runs.rglob("model.safetensors"):
                    model.unlink()
        with open(runs.with_suffix(".txt"), "w", encoding="utf-8") as table:
            status = subprocess.run([*command, "--collect"], stdout=table, stderr=log).returncode
    return status


def _shown(command, log):
    """Runs bnrun with its log kept; of which errors are shown, and every 20th line."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as sweep:
        for count, line in enumerate(sweep.stderr):
            log.write(line)
            if count % EVERY == 0 or " error: " in line:
                print(line, end="", file=sys.stderr, flush=True)
    return sweep.returncode
