"""How long the study took by the clock, in times.csv: a line for each go at a claim. Standard library only."""
import csv
from pathlib import Path

COLUMNS = ["claim", "go", "cores", "runs", "seconds"]


def add(directory, claim, go, cores, before, after, seconds):
    """Adds what one go did for a claim: nothing where it did nothing; a claim begun anew loses its earlier lines."""
    if after <= before:
        return
    lines = [line for line in read(directory) if before > 0 or line["claim"] != str(claim)]
    lines.append(dict(zip(COLUMNS, map(str, (claim, go, cores, after - before, seconds)))))
    lines.sort(key=lambda line: (int(line["claim"]), line["go"]))
    with open(Path(directory) / "times.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def read(directory):
    path = Path(directory) / "times.csv"
    if not path.exists():
        return []
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def in_words(directory, runs):
    """What follows the number of runs on the page: how long they took, and in how many goes."""
    lines = read(directory)
    timed = sum(int(line["runs"]) for line in lines)
    if not timed:
        return ""
    minutes = round(sum(float(line["seconds"]) for line in lines) / 60)
    goes = len({line["go"] for line in lines})
    cores = "/".join(sorted({line["cores"] for line in lines}))
    text = f"; {minutes // 60} h {minutes % 60} min on {cores} cores, in {'one go' if goes == 1 else f'{goes} goes'}"
    return text + (f", not counting {runs - timed} runs that were cut off or done before" if timed < runs else "")
