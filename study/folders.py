"""The claims, each a folder of study/claims: NN_name with FILES. Standard library only.

spec.json is the claim's sweep; where there is a decide.json, too, spec.json only selects settings for it (choice.py).
section.zh.md is the section in Chinese; words.zh.json has what the labels of its tables are in Chinese.

claim.json has what no analysis says: `quick`, how its quick version is smaller (at most so many epochs, and axes with
fewer values, as quick.py says); `shares`, in how many pieces the sweep runs (1), so that not all of its models are there at a time;
`keep_models`, whether the analysis reads them (false); `pictures`, which pictures.py tells of; `core_seconds`, about how long
the full runs take one core.
"""
import json
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path

CLAIMS = Path(__file__).resolve().parent / "claims"
THEORY = CLAIMS.parent / "theory"  # no claim: what the first screen sets beside the post's tables; its number is 0
FILES = ("analysis.py", "claim.json", "section.md", "section.zh.md", "spec.json")
NAME = re.compile(r"(\d\d)_\w+")


class Unsound(Exception):
    """What is wrong with the folders, a line each."""


@dataclass(frozen=True)
class Folder:
    """One claim's folder."""

    path: Path

    @property
    def number(self):
        return 0 if self.path == THEORY else int(NAME.fullmatch(self.path.name)[1])

    @property
    def name(self):
        """What the claim's kept files and runs are named by."""
        return f"claim{self.number:02d}" if self.number else self.path.name

    @property
    def spec(self):
        return self.path / "spec.json"

    @property
    def decide(self):
        """The spec of the deciding sweep, which not every claim has."""
        return self.path / "decide.json"

    @property
    def selection_name(self):
        return f"{self.name}_select"

    @property
    def facts(self):
        return read_json(self.path / "claim.json")

    @property
    def section(self):
        return self.text("section.md")

    def text(self, name):
        """One of its texts, or None where there is none."""
        path = self.path / name
        return path.read_text(encoding="utf-8") if path.is_file() else None

    def analysis(self):
        """The module, which wants numpy and scipy."""
        module = ".".join(self.path.relative_to(CLAIMS.parent).parts)
        return import_module(f"{__package__}.{module}.analysis")


def claims(directory=CLAIMS):
    """{number: Folder} of all claims, in their order."""
    found = problems(directory)
    if found:
        raise Unsound("\n".join(found))
    return {folder.number: folder for folder in map(Folder, _paths(directory))}


@cache
def studies():
    """{number: Folder} of all that is run: the theory, which has the number 0, and the claims. The folders are looked at once."""
    return {0: Folder(THEORY), **claims()}


def problems(directory=CLAIMS):
    """One line for each thing that is wrong with the folders."""
    paths = _paths(directory)
    found = [f"{path}: expected a name such as 07_placement" for path in paths if not NAME.fullmatch(path.name)]
    for path in paths:
        lacking = [name for name in FILES if not (path / name).is_file()]
        found += [f"{path}: lacks {', '.join(lacking)}"] if lacking else []
    numbers = [Folder(path).number for path in paths if NAME.fullmatch(path.name)]
    for number in range(min([1, *numbers]), max([1, *numbers]) + 1):
        if numbers.count(number) != 1:
            found.append(f"{directory}: claim {number} has {numbers.count(number) or 'no'} folders, expected one")
    return found


def read_json(path):
    """A JSON file, which may have lines of comment."""
    return json.loads(re.sub(r"^\s*//.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE))


def _paths(directory):
    return sorted(path for path in Path(directory).iterdir() if path.is_dir() and not path.name.startswith(("_", ".")))
