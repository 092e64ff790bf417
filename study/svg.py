"""What the pictures share that are drawn from the kept CSVs: the look of `bnrun report`, also in the dark. Standard library only."""
from html import escape

STYLE = """
text{font:10px/1 "Helvetica Neue",Helvetica,Arial,"Liberation Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;fill:#444b54}
.heading{font-size:13px;font-weight:600;fill:#14181f}.panel{font-size:11px;font-weight:600;fill:#14181f}
.tick{font-size:9.5px;fill:#5c6570}.paper{fill:#fff}.grid{stroke:#e6e9ed;stroke-width:.8;fill:none}
.axis{stroke:#9aa3ad;stroke-width:.9;fill:none}.bound{stroke:#14181f;stroke-width:1.1;stroke-dasharray:2 2;fill:none}
.whisker{fill:none;stroke-width:1.6}.thin{fill:none;stroke-width:1}.line{fill:none;stroke-width:1.5;stroke-linejoin:round}
.dot{stroke:#fff;stroke-width:.7}.d1{stroke-dasharray:5 2.5}.d2{stroke-dasharray:1.5 2.5}.d3{stroke-dasharray:7 2.5 1.5 2.5}
.c0{stroke:#0072b2}.c1{stroke:#d55e00}.c2{stroke:#009e73}.c3{stroke:#b8578f}.c4{stroke:#b87a00}.c5{stroke:#3a9bd9}.c6{stroke:#5b5f66}
.f0{fill:#0072b2}.f1{fill:#d55e00}.f2{fill:#009e73}.f3{fill:#b8578f}.f4{fill:#b87a00}.f5{fill:#3a9bd9}.f6{fill:#5b5f66}
@media (prefers-color-scheme:dark){text{fill:#b6bfc9}.heading,.panel{fill:#eef1f5}.tick{fill:#98a2ae}.paper{fill:#14181f}
.grid{stroke:#2a313b}.axis{stroke:#5c6773}.bound{stroke:#eef1f5}.dot{stroke:#14181f}
.c0{stroke:#56a8e8}.c1{stroke:#ff8c42}.c2{stroke:#2fc99a}.c3{stroke:#e08cc0}.c4{stroke:#e6b422}.c5{stroke:#9bd3f7}.c6{stroke:#c3c9d1}
.f0{fill:#56a8e8}.f1{fill:#ff8c42}.f2{fill:#2fc99a}.f3{fill:#e08cc0}.f4{fill:#e6b422}.f5{fill:#9bd3f7}.f6{fill:#c3c9d1}}
"""
COLOURS, DASHES = 7, 4
CIRCLE, SQUARE, DIAMOND, TRIANGLE = ("M{x} {y}m-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0 -7.2 0z", "M{x} {y}m-3.2 -3.2h6.4v6.4h-6.4z",
                                     "M{x} {y}m-4.4 0l4.4 -4.4 4.4 4.4 -4.4 4.4z", "M{x} {y}m0 -4.2l4.2 7h-8.4z")
SHAPES = CIRCLE, SQUARE, DIAMOND, TRIANGLE


def document(width, height, title, description, body):
    """A picture of its own, half as large again as its coordinates."""
    size = f'width="{width * 1.5:.0f}" height="{height * 1.5:.0f}" viewBox="0 0 {width} {height}"'
    return (f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" {size}>\n'
            f'<title id="title">{escape(title)}</title><desc id="desc">{escape(description)}</desc>\n'
            f'<style>{STYLE}</style>\n<rect class="paper" width="100%" height="100%"/>{body}\n</svg>\n')


def text(classes, x, y, content, anchor="start", rotated=False):
    turn = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if rotated else ""
    return f'<text class="{classes}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{turn}>{escape(content)}</text>'


def path(classes, d):
    return f'<path class="{classes}" d="{d}"/>'


def mark(colour, shape, x, y):
    return path(f"dot f{colour}", shape.format(x=f"{x:.1f}", y=f"{y:.1f}"))


def width_of(content):
    """About how wide a text is: Chinese characters are as wide as high."""
    return sum(10 if ord(letter) > 0x2E80 else 5.2 for letter in content)


def shortened(content, width):
    while width_of(content) > width:
        content = content[:-2] + "…"
    return content
