"""The words of pictures that `bnrun report` drew, in Chinese. Standard library only."""
import re
from xml.sax.saxutils import escape

from . import words

NODE = re.compile(r"(<(?:text|title)\b[^<>]*>)([^<>]+)(?=</)")
DESCRIPTION = re.compile(r"(<desc\b[^<>]*>)[^<>]*(?=</)")
PHRASES = {
    "Gradient norm, layer by iteration": "梯度范数：各层与各次迭代",
    "Gradient norms over iterations": "梯度范数随迭代的变化",
    "Inputs of the activation function": "激活函数的输入",
    "Saturated values": "饱和的值",
    "Training loss": "训练损失",
    "spectral norm of dLoss/dW": "dLoss/dW 的谱范数",
    "Frobenius norm of dLoss/dW": "dLoss/dW 的 Frobenius 范数",
    "weight layer": "权重层",
    "weight layer (1 = next to the input)": "权重层（1 = 紧接输入）",
    "layer": "层",
    "iteration": "迭代",
    "iteration (through all epochs)": "迭代（各轮连续计数）",
    "inputs of the activation: 15, 50, 85 %": "激活函数的输入：15、50、85 % 分位数",
    "training loss of the batch": "该批的训练损失",
    "share of values that are saturated": "饱和的值所占比例",
    "exact": "按公式", "published": "按发表的程序",
}
PATTERNS = (
    (r"Gradient norm of each layer, epoch (\d+), iteration (\d+) of (\d+)", "各层的梯度范数，第 {} 轮，第 {}/{} 次迭代"),
    (r"(.+), layer (\d+)", "{}，第 {} 层"),
    (r"layer (\d+)", "第 {} 层"),
    (r"(\S+) to (\S+)", "{} 至 {}"),
    (r"(.+) \(log scale\)", "{}（对数刻度）"),
)


def in_chinese(svg, caption):
    """The SVG with its titles and labels in Chinese, and the caption as its description; what has no translation stays as it is."""
    svg = NODE.sub(lambda found: found[1] + _translated(found[2]), svg)
    return DESCRIPTION.sub(lambda found: found[1] + escape(caption), svg)


def _translated(text):
    if text in PHRASES:
        return PHRASES[text]
    for pattern, chinese in PATTERNS:
        if found := re.fullmatch(pattern, text):
            return chinese.format(*map(_translated, found.groups()))
    return words.translated(text)
