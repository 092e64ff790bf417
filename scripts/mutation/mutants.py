"""Draws the mutants: which line of src/ becomes which other."""
import fnmatch
import random
import re

# What no test can see, by file and line, and why.
NOT_SEEN = [
    (r"", r"prefetch|reserve\(|huge_pages|MADV_|kLarge\b|kPage\b", "allocation and caches: only speed"),
    (r"math/thread_team", r"kBalanceEvery|spin|pause_in_loop|busy \+=|\.busy\b", "who waits how, and whose share: only speed"),
    (r"", r"constexpr \S+ k(CachedBytes|Chunk|Input|Line|Sums|Tile|ValuesAtOnce) =",
     "sizes of tiles and buffers: only speed"),
    (r"", r"\bassert\(|static_assert", "says what is so, and never fails"),
    (r"", r"^\s*(template|using|friend|namespace|case|default|public|private|enum)\b", "declares or names"),
    (r"src/(?!base/config).*\.h$", r"^ +[\w:]+ \w*[a-z] = 0;", "a record's number, which its maker sets"),
    (r"", r"= (delete|default);|std::error_code ignored", "has no other effect"),
    (r"cli/interrupt", r"SA_RESTART", "every call that a signal can cut short is made again"),
    (r"nn/layer\.h$", r"bool meets\(Mode", "that threads wait for each other where none need: only speed"),
    (r"experiment/run\.h$", r" data_moved\b", "a first value that is always replaced"),
]

TEXT = "\x01"  # stands for each character of a text
NO_CODE = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\d)\'(?:\\.|[^\'\\\n])+\''
                     r"|^[ \t]*#(?:\\\n|[^\n])*", re.S | re.M)


def masked(source):
    """The source with comments, texts and preprocessor lines blanked, every other character in its place."""
    return NO_CODE.sub(lambda found: re.sub(r"[^\n]", TEXT if found[0][0] in "R\"'" else " ", found[0]), source)


def swapped(*pairs):
    """An operator that puts the second of a pair for the first."""
    table = dict(pair.split() for pair in pairs)
    words = "|".join(re.escape(word) for word in sorted(table, key=len, reverse=True))
    return words, table


SPACED = swapped("< <=", "<= <", "> >=", ">= >", "== !=", "!= ==", "&& ||", "|| &&", "+ -", "- +", "* /", "/ *",
                 "+= -=", "-= +=", "*= /=", "/= *=")
WORDS = swapped("true false", "false true", "min max", "max min")
CONDITION = r"(?:[^()]|\([^()]*\)|\((?:[^()]|\([^()]*\))*\))+"

# A pattern, and what comes in its place, given its groups.
OPERATORS = [
    (rf"(?<= )({SPACED[0]})(?= )", lambda part: SPACED[1][part[1]]),
    (rf"\b({WORDS[0]})\b", lambda part: WORDS[1][part[1]]),
    (r"\+\+|--", lambda part: {"++": "--", "--": "++"}[part[0]]),
    (r"(?<![\w.<])\d+(\.\d+)?(e-?\d+)?(?![\w.>']|e-)", lambda part: "1" if part[0] == "0" else f"({part[0]} + 1)"),
    (rf"\b(if|while) \(({CONDITION})\)", lambda part: f"{part[1]} (!({part[2]}))"),
    (r"(?<=\? )((?:[^?:;]|::)+) : ((?:[^?:;,()]|::|\([^()]*\))+)", lambda part: f"{part[2]} : {part[1]}"),
    (r'\breturn (?!(?:false|0|nullptr|std::nullopt|\x01\x01);)[^;{]+;', lambda part: "return {};"),
    (r"^\s+(?!.*\w& \w)[\w.:>*\[\]-]+\(.*\);$", lambda part: ";"),  # a call, and no declaration
    (r"^\s+[\w.>\[\]()*-]+ [-+*/|]?= .*;$", lambda part: ";"),  # an assignment
]


def mutants_of_line(code, line):
    """Each as (what, the whole new line). @param code the line, masked."""
    mutants = []
    for pattern, replacement in OPERATORS:
        for found in re.finditer(pattern, code):
            joins_texts = found[0] == "+" and TEXT in code
            if joins_texts or found[0].count("(") != found[0].count(")"):
                continue
            parts = [line[start:end] for start, end in found.regs]
            new = replacement(parts)
            mutants.append((f"{parts[0].strip()} -> {new}", line[:found.start()] + new + line[found.end():]))
    return mutants


def is_seen(path, line):
    return not any(re.search(file, path) and re.search(text, line) for file, text, _ in NOT_SEEN)


def drawn_mutants(root, seed, only=None):
    """At most one mutant a line, in an order that depends on nothing but the sources and the seed."""
    lines = []
    for path in sorted((root / "src").rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.suffix not in (".cc", ".h") or (only and not fnmatch.fnmatch(name, only)):
            continue
        source = path.read_text()
        both = zip(masked(source).split("\n"), source.split("\n"))
        lines += [(name, number, code, line) for number, (code, line) in enumerate(both, 1) if is_seen(name, line)]
    rng = random.Random(seed)
    rng.shuffle(lines)
    mutants = []
    for name, number, code, line in lines:
        if choices := mutants_of_line(code, line):
            what, new = rng.choice(choices)
            mutants.append({"file": name, "line": number, "what": what, "old": line, "new": new})
    return mutants
