"""What the page's writer says in each language, and labels of tables in Chinese. Standard library only."""
import json
import re
from functools import lru_cache
from pathlib import Path

SHARED = Path(__file__).resolve().parent / "words.zh.json"
ENGLISH = {
    "quick": "**This is the quick version: few seeds and short runs, which show that everything works, and decide nothing.**",
    "condition": "condition", "the runs": "the runs", "not run": "not run",
    "verdict": "**Verdict: {}.** Deciding figure: {}: {}.",
    "figure": "{}: {}",
    "edge": "At the edge of what was tried, so that a better value may lie beyond: {}.",
    "command": "Command: `{}` ({} runs, {} seconds added up)",
    "claims": "| claim | verdict | answer | deciding figure |",
    "cost": "{} runs, {} hours of computing", "cost so far": "{}, for the {} of {} claims that have been run",
    "forest": "What decides each claim, with 95 % intervals", "forest holds": "{} figures, each with its interval and its margin.",
    "holds": "holds", "holds partly": "holds partly", "does not hold": "does not hold", "other verdict": "no verdict of these",
    "margin": "what the rule compares it with", "unit points": "percentage points", "unit decades": "decades (factors of ten)",
    "unit layers": "layers", "unit ratio": "ratios", "unit ": "other figures, each in its own unit", "unit counts": "seeds for which it holds",
    "seeds": "{} ({} seeds)", "rest open": " (the rest: cannot tell)", "all open": " (cannot tell)",
}
CHINESE = {
    "quick": "**这是快速版：种子少、训练短，只说明一切都能运行，不下任何结论。**",
    "condition": "条件", "the runs": "实验结果", "not run": "未运行",
    "verdict": "**结论：{}。** 决定性数字：{}：{}。",
    "figure": "{}：{}",
    "edge": "最优值落在所试范围的边缘，更好的值可能在范围之外：{}。",
    "command": "命令：`{}`（{} 次训练，合计 {} 秒）",
    "claims": "| 论断 | 结论 | 回答 | 决定性数字 |",
    "cost": "{} 次训练，合计 {} 小时计算", "cost so far": "{}（{}/{} 条论断，其余未运行）",
    "forest": "每条论断的决定性数字与 95 % 区间", "forest holds": "{} 个数字，各带区间和判定界限。",
    "holds": "成立", "holds partly": "部分成立", "does not hold": "不成立", "other verdict": "其他结论",
    "margin": "规则所比较的界限", "unit points": "百分点", "unit decades": "数量级（10 的倍数）",
    "unit layers": "层", "unit ratio": "比值", "unit ": "其他数字，各有单位", "unit counts": "成立的种子数",
    "seeds": "{}（{} 个种子）", "rest open": "（其余：无法判断）", "all open": "（无法判断）",
}
COUNT = re.compile(r"\A(\d+) of (\d+)( \(p .*\))?\Z")


def translated(text, own=None):
    """A label in Chinese: from a claim's own words.zh.json, else from all claims'; by parts between commas; else as it is."""
    known = {**_read(SHARED), **(_read(own) if own else {})}
    if text in known:
        return known[text]
    found = COUNT.match(text)
    if found:
        return f"{found[1]}/{found[2]}{found[3] or ''}"
    parts = text.split(", ")
    return "，".join(known.get(part, part) for part in parts) if any(part in known for part in parts) else text


def joined(text):
    """A paragraph as one line; between Chinese characters a line's end is nothing, else it is a blank."""
    text = re.sub(r"(?<=[\u3000-\u9fff\uff00-\uffef])\s*\n\s*(?=\S)", "", text.strip())
    return re.sub(r"\s+", " ", text)


@lru_cache
def _read(path):
    return json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
