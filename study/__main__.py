"""python3 -m study COMMAND: what scripts/reproduce.sh calls."""
import argparse
import sys
from pathlib import Path

from . import drift, folders, kept, page, pictures, quick, sweeps

FEWEST_SEEDS = 5
PROJECT = Path(__file__).resolve().parents[1]


def sweep_claim(arguments):
    """Runs a claim's sweep."""
    return sweeps.run(folders.studies()[arguments.claim], arguments.out, arguments.bnrun, arguments.quick)


def analyse(arguments):
    """Writes a claim's CSV from its runs, and their rows of runs.csv."""
    from . import stages

    claim = stages.analysed(folders.studies()[arguments.claim], arguments.out)
    if not claim.number:
        kept.write(claim, arguments.out)
        return
    verdict, figure, cell = claim.verdict
    if not arguments.quick and verdict in kept.DECIDED and (cell.n or 0) < FEWEST_SEEDS:
        del claim.tables["verdict"]
        claim.decide(kept.OPEN, f"{figure} (fewer than {FEWEST_SEEDS} seeds)", cell)
    kept.write(claim, arguments.out)
    print(f"claim {arguments.claim}: {claim.verdict[0]}: {claim.verdict[1]}: {claim.verdict[2]}")


def write_page(arguments):
    """Writes the page in its languages, and what other documents quote of it."""
    out = Path(arguments.out)
    for path, text in drift.pages(out, arguments.quick).items():
        path.write_text(text, encoding="utf-8")
        print(path)
    if arguments.quick or out.resolve() != PROJECT / "results":
        return
    text = (out / page.ENGLISH.page).read_text(encoding="utf-8")
    for name in drift.QUOTING:
        document = PROJECT / name
        quoting = drift.requoted(document.read_text(encoding="utf-8"), text, drift.page_link(document), drift.distances_of(out))
        document.write_text(quoting, encoding="utf-8")
    for picture in drift.unused(out):
        picture.unlink()


def draw(arguments):
    """Draws a claim's pictures from its runs."""
    pictures.draw_claim(arguments.claim, arguments.out, arguments.bnrun)


def cost(arguments):
    """Says how long the runs took, added up, beside what each claim.json says."""
    total, expected = 0.0, 0
    for number, folder in folders.studies().items():
        claim = page.read(number, arguments.out)
        if claim is None:
            continue
        seconds, about = claim.tables["cost"]["all", "seconds"].value, folder.facts.get("core_seconds", 0)
        print(f"{folder.path.name}: {seconds:.0f} seconds added up; claim.json says about {about}")
        total, expected = total + seconds, expected + about
    print(f"in all {total / 3600:.2f} core hours, {total / 7200:.2f} hours on 2 cores; expected {expected / 3600:.2f}")


def list_claims(_):
    """Prints each claim's number and spec."""
    for number, claim in folders.studies().items():
        print(number, claim.spec.relative_to(PROJECT))


def check(arguments):
    problems = drift.page_drift(arguments.out) + drift.document_drift(arguments.document, arguments.out)
    print(*problems, sep="\n", file=sys.stderr)
    return 1 if problems else 0


def write_quick_spec(arguments):
    """Prints the small version of a claim's spec."""
    claim = folders.studies()[arguments.claim]
    print(quick.quick_spec(claim, stage="select" if claim.decide.is_file() else None))


def main():
    parser = argparse.ArgumentParser(prog="study", description=__doc__)
    commands = parser.add_subparsers(required=True)
    for name, run, options in (("list", list_claims, ()),
                               ("sweep", sweep_claim, ("claim", "out", "bnrun", "--quick")),
                               ("analyse", analyse, ("claim", "out", "--quick")),
                               ("draw", draw, ("claim", "out", "bnrun")),
                               ("page", write_page, ("out", "--quick")),
                               ("cost", cost, ("out",)),
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
