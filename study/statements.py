"""What the post says, statement by statement, and where each is tested, or why it is not. Standard library only."""
import json
from pathlib import Path

FILE = Path(__file__).resolve().parent / "statements.json"
ENGLISH = {"head": "| section | the post says | here |", "claim": "claim {}", "claims": "claims {}", "why": "not tested: {}",
           "both": "{}; not tested: {}", "statement": "statement", "why_not": "why_not"}
CHINESE = {"head": "| 原文章节 | 原文的说法 | 本研究 |", "claim": "论断 {}", "claims": "论断 {}", "why": "未检验：{}",
           "both": "{}；未检验：{}", "statement": "zh", "why_not": "why_not_zh"}


def read():
    """The statements in the post's order, each {"id", "where", "kind", "statement", "zh"} with "claims" or "why_not"."""
    return json.loads(FILE.read_text(encoding="utf-8"))


def table(link, chinese=False):
    """A Markdown table of all statements; link(number) gives a claim's link."""
    words = CHINESE if chinese else ENGLISH
    rows = [f"| {entry['where']} | {entry[words['statement']]} | {_here(entry, words, link)} |" for entry in read()]
    return "\n".join([words["head"], "| --- | --- | --- |", *rows])


def _here(entry, words, link):
    numbers = entry.get("claims", [])
    tested = words["claim" if len(numbers) == 1 else "claims"].format(", ".join(map(link, numbers))) if numbers else ""
    reason = entry.get(words["why_not"])
    if not reason:
        return tested
    return words["both"].format(tested, reason) if tested else words["why"].format(reason)
