"""The page's pictures, as the `pictures` of each claim.json say. Standard library only.

Each has `figures`: which of those that `bnrun report` draws. It shows the claim's sweep; or only its runs with `where`,
KEY=VALUE of a config; or `runs`, which is {label: run}, or a run's name with {label} in it for all that are called so. `moment` is
the iteration that figures by layer show, and `name` stands in the file's name before the figure's.
An analysis may have pictures(runs, draw) for others, which gives {name: SVG}.
"""
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from . import folders


class NotDrawn(Exception):
    """What bnrun said."""


def draw_claim(number, out, bnrun):
    """Draws a claim's pictures from the runs in out/study, and those of others that show its runs beside theirs."""
    claims = folders.studies()
    pen = partial(draw, bnrun)
    for claim in claims.values():
        is_own = claim.number == number
        runs = Path(out).resolve() / "study" / claim.name
        for picture in claim.facts.get("pictures", []):
            if is_own or runs.is_dir() and _shows(picture, claims[number]):
                _keep(out, claim, partial(_drawn, picture, runs, pen))
        if is_own and hasattr(claim.analysis(), "pictures"):
            _keep(out, claim, partial(claim.analysis().pictures, runs, pen))


def draw(bnrun, labelled_runs, figures, moment=None, where=None, y=None):
    """{figure: SVG} of those figures of [(label, directory)].

    The label says in the legend what a run is; a sweep has None. `y` is the column that a sweep's picture shows.
    """
    with tempfile.TemporaryDirectory() as drawn:
        command = [bnrun, "report", *(f"{label}={run}" if label else str(run) for label, run in labelled_runs),
                   "--svg", drawn, *(f"--figure={figure}" for figure in figures)]
        for option, value in (("--iteration", moment), ("--where", where), ("--y", y)):
            command += [option, value] if value else []
        report = subprocess.run(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if report.returncode:
            raise NotDrawn((report.stdout.splitlines() or ["it said nothing"])[-1])
        return {path.stem: path.read_text(encoding="utf-8") for path in Path(drawn).iterdir()}


def _shows(picture, claim):
    runs = picture.get("runs", {})
    return isinstance(runs, dict) and any(run.startswith(f"../{claim.name}/") for run in runs.values())


def _drawn(picture, runs, pen):
    """{name: SVG} of one picture of a claim.json."""
    labelled_runs = _labelled_runs(picture["runs"], runs) if "runs" in picture else [(None, runs)]
    drawn = pen(labelled_runs, picture["figures"], picture.get("moment"), picture.get("where"))
    return {"_".join(filter(None, (picture.get("name"), figure))): svg for figure, svg in drawn.items()}


def _labelled_runs(chosen, runs):
    """[(label, run)] of those that are there."""
    if isinstance(chosen, str):
        before, after = chosen.split("{label}")
        names = sorted(path.name for path in runs.iterdir()
                       if path.name.startswith(before) and path.name.endswith(after))
        chosen = {name.removeprefix(before).removesuffix(after).replace("_", " "): name for name in names}
    return [(label, runs / name) for label, name in chosen.items() if (runs / name).is_dir()]


def _keep(out, claim, pictures):
    """Writes what pictures() gives into out/figures."""
    try:
        for name, svg in pictures().items():
            (Path(out) / "figures" / f"{claim.name}_{name}.svg").write_text(svg, encoding="utf-8")
    except NotDrawn as reason:
        print(f"study: {claim.name}: no pictures: {reason}", file=sys.stderr)
