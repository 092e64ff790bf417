"""python3 -m study COMMAND: what scripts/reproduce.sh calls."""
import argparse
import json
import sys
from pathlib import Path

from . import drift, folders, kept, page, pictures, quick, sweeps

FEWEST_SEEDS = 5
PROJECT = Path(__file__).resolve().parents[1]


def sweep_claim(arguments):
    """Runs a claim's sweep."""
    return sweeps.run(folders.claims()[arguments.claim], arguments.out, arguments.bnrun, arguments.quick)


def analyse(arguments):
    """Writes a claim's CSV from its runs."""
    from .runs import Sweep

    folder, claim = folders.claims()[arguments.claim], kept.Claim(arguments.claim)
    sweep = Sweep(Path(arguments.out) / "study" / folder.name)
    folder.analysis().analyse(claim, sweep)
    verdict, figure, cell = claim.verdict
    if not arguments.quick and (cell.n or 0) < FEWEST_SEEDS:
        del claim.tables["verdict"]
        claim.decide(kept.OPEN, f"{figure} (fewer than {FEWEST_SEEDS} seeds)", cell)
    seconds = sum(json.loads((run.directory / "summary.json").read_text())["seconds"] for run in sweep.runs)
    diverged = sum(run.diverged for run in sweep.runs)
    for name, value in (("runs", len(sweep.runs)), ("diverged", diverged), ("seconds", seconds)):
        claim.put("cost", "all", name, kept.Cell(float(value), ".0f"))
    kept.write(claim, arguments.out)
    print(f"claim {arguments.claim}: {claim.verdict[0]}: {claim.verdict[1]}: {claim.verdict[2]}")


def write_page(arguments):
    path = Path(arguments.out) / "README.md"
    text = page.render(arguments.out, arguments.quick)
    path.write_text(text, encoding="utf-8")
    print(path)
    if arguments.quick or path.resolve().parent != PROJECT / "results":
        return
    for name in drift.QUOTING:
        document = PROJECT / name
        quoting = drift.requoted(document.read_text(encoding="utf-8"), text, drift.page_link(document))
        document.write_text(quoting, encoding="utf-8")


def draw(arguments):
    """Draws a claim's pictures from its runs."""
    pictures.draw_claim(arguments.claim, arguments.out, arguments.bnrun)


def list_claims(_):
    """Prints each claim's number and spec."""
    for number, claim in folders.claims().items():
        print(number, claim.spec.relative_to(PROJECT))


def check(arguments):
    problems = drift.page_drift(arguments.out) + drift.document_drift(arguments.document, arguments.out)
    print(*problems, sep="\n", file=sys.stderr)
    return 1 if problems else 0


def write_quick_spec(arguments):
    print(quick.quick_spec(folders.claims()[arguments.claim]))


def main():
    parser = argparse.ArgumentParser(prog="study", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, run, options in (("list", list_claims, ()),
                               ("sweep", sweep_claim, ("claim", "out", "bnrun", "--quick")),
                               ("analyse", analyse, ("claim", "out", "--quick")),
                               ("draw", draw, ("claim", "out", "bnrun")),
                               ("page", write_page, ("out", "--quick")),
                               ("check", check, ("out", "document")),
                               ("quick-spec", write_quick_spec, ("claim",))):
        command = commands.add_parser(name, help=(run.__doc__ or "").strip() or None)
        command.set_defaults(run=run)
        for option in options:
            command.add_argument(option, **({"action": "store_true"} if option.startswith("-") else
                                            {"type": int} if option == "claim" else {}))
    arguments = parser.parse_args()
    try:
        return arguments.run(arguments)
    except folders.Unsound as problems:
        print(f"study: {problems}".replace("\n", "\nstudy: "), file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
