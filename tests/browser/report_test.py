"""What a browser makes of a report's page: it draws what the CSV files say, answers to keyboard and mouse, fits a phone,
and asks for nothing beyond the file itself.

usage: report_test.py DIR PAGE    DIR holds the two runs, off and on, that PAGE shows
"""
import csv
import json
import math
import pathlib
import re
import socket
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

PHONE = 375
runs = pathlib.Path(sys.argv[1])
page = pathlib.Path(sys.argv[2]).resolve()
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)


def find_localhost_everywhere():
    """selenium asks for localhost, which a root without /etc/hosts does not know."""
    look_up = socket.getaddrinfo
    socket.getaddrinfo = lambda host, *rest, **named: look_up(
        "127.0.0.1" if host == "localhost" else host, *rest, **named)


def browser():
    find_localhost_everywhere()
    options = Options()
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-background-networking",
                     "--proxy-server=http://127.0.0.1:9", "--window-size=1200,1000"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(service=Service("/usr/bin/chromedriver"), options=options)


def emulate(driver, scheme="light", width=1200):
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia",
                           {"features": [{"name": "prefers-color-scheme", "value": scheme}]})
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                           {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500})


def table(run, name):
    with open(runs / run / name, newline="") as file:
        return list(csv.DictReader(file))


def place(svg, name, value):
    """Where the chart's own scale puts a value."""
    kind, *ends = svg.get_attribute("data-" + name).split()
    low, high, start, end = map(float, ends)
    if kind == "log":
        value, low, high = math.log10(value), math.log10(low), math.log10(high)
    return start + (value - low) / (high - low) * (end - start)


def points(path):
    numbers = [float(number) for number in re.findall(r"-?\d+\.?\d*", path.get_attribute("d"))]
    return list(zip(numbers[::2], numbers[1::2]))


def layers_chart(driver):
    return driver.find_element(By.CSS_SELECTOR, "svg[data-chart=layers]")


def check_layers(driver, row, when):
    svg = layers_chart(driver)
    for index, run in enumerate(["off", "on"]):
        norms = [float(value) for key, value in table(run, "gradients.csv")[row].items() if key.startswith("layer")]
        drawn = points(svg.find_element(By.CSS_SELECTOR, f'.line[data-group="{index}"]'))
        check(len(drawn) == len(norms), f"{when}: {run} has {len(drawn)} points, expected {len(norms)}")
        for layer, (norm, (x, y)) in enumerate(zip(norms, drawn), 1):
            expected = (place(svg, "x", layer), place(svg, "y", norm))
            near = abs(x - expected[0]) < 0.2 and abs(y - expected[1]) < 0.2
            check(near, f"{when}: {run} layer {layer} is at {x}, {y}, expected {expected}")


def check_ranges(driver, row, when):
    for index, run in enumerate(["off", "on"]):
        svg = driver.find_element(By.CSS_SELECTOR, f'svg[data-chart=ranges][data-group="{index}"]')
        bars = re.findall(r"M([\d.]+) ([\d.]+)V([\d.]+)", svg.find_element(By.CSS_SELECTOR, ".bar").get_attribute("d"))
        values = table(run, "activations.csv")[row]
        check(len(bars) == (len(values) - 2) // 2, f"{when}: {run} has {len(bars)} bars")
        for layer, bar in enumerate(bars, 1):
            low, high = float(values[f"layer_{layer}_min"]), float(values[f"layer_{layer}_max"])
            expected = (place(svg, "x", layer), place(svg, "y", low), place(svg, "y", high))
            near = all(abs(float(drawn) - there) < 0.3 for drawn, there in zip(bar, expected))
            check(near, f"{when}: {run} layer {layer} has the bar {bar}, expected {expected}")


def check_curves(driver):
    """The loss and the first layer's norm over iterations, point by point."""
    loss = driver.find_element(By.CSS_SELECTOR, "svg[data-chart=loss]")
    for index, run in enumerate(["off", "on"]):
        drawn = points(loss.find_element(By.CSS_SELECTOR, f'.line[data-group="{index}"]'))
        rows = table(run, "iterations.csv")
        check(len(drawn) == len(rows), f"loss of {run} has {len(drawn)} points, expected {len(rows)}")
        off = max(abs(y - place(loss, "y", float(row["loss"]))) for (x, y), row in zip(drawn, rows))
        check(off < 0.1, f"loss of {run} is drawn {off} units from its values")
        svg = driver.find_element(By.CSS_SELECTOR, f'svg[data-chart=iterations][data-group="{index}"]')
        drawn = points(svg.find_element(By.CSS_SELECTOR, ".line"))
        norms = [float(row["layer_1"]) for row in table(run, "gradients.csv")]
        off = max(abs(y - place(svg, "y", norm)) for (x, y), norm in zip(drawn, norms))
        check(off < 0.1, f"norms of {run} are drawn {off} units from their values")


def check_slider(driver):
    slider = driver.find_element(By.ID, "step")
    output = driver.find_element(By.CSS_SELECTOR, ".bar output")
    row = int(slider.get_attribute("value"))
    check(row == 9, f"the page opens at row {row}, expected 9, iteration 10")
    check(output.text == "epoch 1, iteration 10 of 30", f"the page opens at {output.text!r}")
    check_layers(driver, row, "at first")
    check_ranges(driver, row, "at first")
    slider.send_keys(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT)
    check(output.text == "epoch 1, iteration 11 of 30", f"after arrow keys the page is at {output.text!r}")
    check_layers(driver, row + 1, "after arrow keys")
    check_ranges(driver, row + 1, "after arrow keys")
    check(len(driver.find_elements(By.CSS_SELECTOR, "input[type=range]")) == 1, "the page has more than one slider")
    driver.execute_script("window.scrollTo(0, document.body.scrollHeight / 2)")
    check(0 <= driver.execute_script("return document.querySelector('.play').getBoundingClientRect().top") < 60,
          "the play button is out of reach where the page is scrolled")
    driver.execute_script("window.scrollTo(0, 0)")
    factor = driver.find_element(By.CSS_SELECTOR, '[data-card="factor"][data-group="0"] b').text
    norms = [float(value) for key, value in table("off", "gradients.csv")[row + 1].items() if key.startswith("layer")]
    expected = (norms[-2] / norms[0]) ** (1 / (len(norms) - 2))
    check(math.isclose(float(factor.strip("×")), expected, rel_tol=5e-3), f"the card says {factor}, not {expected}")
    slider.send_keys(Keys.END)
    check(output.text == "epoch 1, iteration 30 of 30", f"after End the page is at {output.text!r}")
    readout = driver.find_elements(By.CSS_SELECTOR, '.readout tr[data-group="1"] td')
    norm = float(table("on", "gradients.csv")[-1]["layer_1"])
    check(math.isclose(float(readout[0].text), norm, rel_tol=5e-3), f"the readout says {readout[0].text}, not {norm}")
    description = layers_chart(driver).find_element(By.TAG_NAME, "desc").get_attribute("textContent")
    check("iteration 30 of 30" in description and readout[0].text in description, f"alt text: {description!r}")
    driver.find_element(By.TAG_NAME, "body").click()
    driver.execute_script("document.activeElement.blur()")
    driver.find_element(By.TAG_NAME, "body").send_keys(Keys.ARROW_LEFT)
    check(output.text == "epoch 1, iteration 29 of 30", f"an arrow key on the page leads to {output.text!r}")


def point_at(driver, path, index):
    """Where a path's point is in the window, scrolled into view."""
    return driver.execute_script("""
        const [path, index] = arguments;
        path.ownerSVGElement.scrollIntoView({block: "center"});
        const found = [...path.getAttribute("d").matchAll(/(-?[\\d.]+) (-?[\\d.]+)/g)].at(index);
        const at = new DOMPoint(found[1], found[2]).matrixTransform(path.ownerSVGElement.getScreenCTM());
        return [at.x, at.y];""", path, index)


def tip_at(driver, selector, index, aside=(0, 0)):
    """What the page says where the pointer is at a path's point, or beside it; None where it says nothing."""
    x, y = point_at(driver, driver.find_element(By.CSS_SELECTOR, selector), index)
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x + aside[0], "y": y + aside[1]})
    tip = driver.find_element(By.CSS_SELECTOR, ".tip")
    return tip.text if tip.is_displayed() else None


def tip_in_cell(driver, group, layer, iteration):
    """What the page says where the pointer is on a heat map's cell."""
    x, y = driver.execute_script("""
        const [group, layer, iteration] = arguments;
        const svg = document.querySelector(`svg[data-chart=heatmap][data-group="${group}"]`);
        svg.scrollIntoView({block: "center"});
        const [count, top, bottom] = svg.dataset.layers.split(" ").map(Number);
        const [, low, high, left, right] = svg.dataset.x.split(" ").map(Number);
        const at = new DOMPoint(left + (iteration + 0.5 - low) / (high - low) * (right - left),
                                top + (layer - 0.5) * (bottom - top) / count).matrixTransform(svg.getScreenCTM());
        return [at.x, at.y];""", group, layer, iteration)
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})
    return driver.find_element(By.CSS_SELECTOR, ".tip").text


def check_marks(driver):
    """The pointer, on layer 3 and iteration 2 of a heat map, marks them in every other picture."""
    marks = driver.execute_script("""
        const of = (chart, name) => [...document.querySelectorAll(`svg[data-chart=${chart}] .${name}:not(.off)`)];
        return {
          layers: of("layers", "mark").map((line) => line.getAttribute("x1")),
          ranges: of("ranges", "mark").length,
          columns: document.querySelector("svg[data-chart=layers]").dataset.columns.split(" "),
          iterations: of("iterations", "mark").length, loss: of("loss", "mark").length,
          rows: of("heatmap", "row").length, lines: of("iterations", "marked").map((line) => line.dataset.layer),
          cell: [...document.querySelectorAll(".readout th.marked")].map((cell) => cell.textContent),
        };""")
    check(marks["layers"] == [marks["columns"][2]], f"the layer is marked at {marks['layers']} of {marks['columns']}")
    check([marks["ranges"], marks["iterations"], marks["loss"], marks["rows"]] == [2, 2, 1, 2],
          f"not every picture is marked: {marks}")
    check(marks["lines"] == ["3", "3"] and marks["cell"] == ["3"], f"marked are lines {marks['lines']}, {marks['cell']}")


def check_table(driver):
    """Headings sort; the best is first at first."""
    names = lambda: [cell.text for cell in driver.find_elements(By.CSS_SELECTOR, "#results tbody th")]
    errors = {run: float(table(run, "epochs.csv")[-1]["test_error"]) for run in ["off", "on"]}
    best = sorted(errors, key=errors.get)
    check(names() == best, f"the results have {names()}, expected {best}")
    button = driver.find_elements(By.CSS_SELECTOR, "#results thead button")[1]
    button.click()
    check(names() == best, "a first press does not sort upward")
    button.click()
    check(names() == best[::-1], "a second press does not sort downward")
    head = driver.find_elements(By.CSS_SELECTOR, "#results thead th")[1]
    check(head.get_attribute("aria-sort") == "descending", "the heading does not say how it sorts")


def check_hover(driver):
    """The pointer shows the value of what it is at, as the CSV files have it."""
    slider = driver.find_element(By.ID, "step")
    slider.send_keys(Keys.HOME, Keys.ARROW_RIGHT)  # the second row
    norms, ranges = table("off", "gradients.csv")[1], table("on", "activations.csv")[1]
    losses, others = table("on", "iterations.csv"), table("on", "gradients.csv")[1]
    short = lambda text: format(float(text), ".3g").replace("e-0", "e-")
    low, high = (short(ranges[f"layer_2_{end}"]) for end in ("min", "max"))
    for selector, index, expected in [
            ('svg[data-chart=layers] .line[data-group="0"]', 2, f"off, layer 3: {short(norms['layer_3'])}"),
            ('svg[data-chart=ranges] .bar[data-group="1"]', 1, f"on, layer 2: {low} to {high}"),
            ('svg[data-chart=loss] .line[data-group="1"]', 6, f"on, iteration 7: {short(losses[6]['loss'])}"),
            ('svg[data-chart=iterations][data-group="0"] .line', 1, f"layer 1, iteration 2: {short(norms['layer_1'])}"),
            ('svg[data-chart=iterations][data-group="1"] .line', 1, f"layer 1, iteration 2: {short(others['layer_1'])}")]:
        said = tip_at(driver, selector, index)
        check(said is not None and said.endswith(expected), f"the pointer at {selector} shows {said!r}, not {expected!r}")
    said = tip_at(driver, 'svg[data-chart=loss] .line[data-group="1"]', 0, aside=(-60, 0))
    check(said is None, f"the pointer beside a line shows {said!r}")
    said = tip_in_cell(driver, 0, 3, 2)
    check(said == f"off, layer 3, epoch 1, iteration 2 of 30: {short(norms['layer_3'])}",
          f"the pointer on the heat map shows {said!r}")
    check_marks(driver)


def wait_until(holds, seconds=20):
    end = time.time() + seconds
    while time.time() < end:
        if holds():
            return True
        time.sleep(0.05)
    return False


def check_play(driver):
    slider = driver.find_element(By.ID, "step")
    play = driver.find_element(By.CSS_SELECTOR, ".play")
    slider.send_keys(Keys.HOME)
    play.send_keys(Keys.ENTER)
    check(play.text == "Pause", f"while it plays the button says {play.text!r}")
    check(wait_until(lambda: int(slider.get_attribute("value")) >= 2), "play does not move the slider")
    play.send_keys(Keys.ENTER)
    stopped = slider.get_attribute("value")
    check(play.text == "Play", f"when stopped the button says {play.text!r}")
    check_layers(driver, int(stopped), "after play")
    slider.send_keys(Keys.END)
    play.click()
    check(wait_until(lambda: int(slider.get_attribute("value")) < 29), "play at the end does not start again")
    check(wait_until(lambda: play.text == "Play"), "play does not stop at the end")


def check_legend(driver):
    button = driver.find_element(By.CSS_SELECTOR, '[data-toggles="0"]')
    line = layers_chart(driver).find_element(By.CSS_SELECTOR, '.line[data-group="0"]')
    other = layers_chart(driver).find_element(By.CSS_SELECTOR, '.line[data-group="1"]')
    button.send_keys(Keys.SPACE)
    check(button.get_attribute("aria-pressed") == "false", "a toggle pressed by keyboard does not say so")
    check(not line.is_displayed() and other.is_displayed(), "a toggle does not hide its run, and only that")
    outline = driver.execute_script("return getComputedStyle(document.activeElement).outlineStyle")
    check(outline == "solid", f"focus is not visible: outline {outline}")
    button.click()
    check(line.is_displayed(), "a toggle does not bring its run back")


def check_phone(driver):
    emulate(driver, width=PHONE)
    width = driver.execute_script("return document.documentElement.scrollWidth")
    check(width <= PHONE, f"at {PHONE} px the page is {width} px wide")
    sizes = text_sizes(driver)
    check(len(sizes) == 1 and min(sizes) >= 12, f"at {PHONE} px the figures' text has {sizes} px")
    emulate(driver, width=1400)
    sizes = text_sizes(driver)
    check(len(sizes) == 1 and min(sizes) >= 12, f"at 1400 px the figures' text has {sizes} px")
    right = driver.execute_script(
        "return Math.max(...[...document.querySelectorAll('.figures svg')].map((svg) => svg.getBoundingClientRect().right))")
    check(1340 < right <= 1400, f"at 1400 px the figures reach to {right} px")
    emulate(driver)


def text_sizes(driver):
    """In px of the window, as drawn."""
    return set(driver.execute_script("""
        return [...document.querySelectorAll(".figures svg text")].map((text) =>
            Math.round(10 * parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a) / 10)"""))


def luminance(driver, script):
    parts = [int(part) / 255 for part in re.findall(r"\d+", driver.execute_script(script))[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def check_schemes(driver):
    ground = "return getComputedStyle(document.body).backgroundColor"
    for scheme in ["light", "dark"]:
        emulate(driver, scheme)
        back = luminance(driver, ground)
        check((back > 0.8) == (scheme == "light"), f"{scheme}: the ground's luminance is {back}")
        inks = {"text": ("body", "color"), "tick": ("text.tick", "fill"), "note": (".note", "color"),
                "off": ('.line[data-group="0"]', "stroke"), "on": ('.line[data-group="1"]', "stroke")}
        for name, (selector, key) in inks.items():
            ink = luminance(driver, f"return getComputedStyle(document.querySelector('{selector}')).{key}")
            contrast = (max(ink, back) + 0.05) / (min(ink, back) + 0.05)
            needed = 3 if key == "stroke" else 4.5
            check(contrast >= needed, f"{scheme}: contrast of {name} is {contrast:.2f}, needs {needed}")
    emulate(driver)


def check_texts(driver):
    for svg in driver.find_elements(By.CSS_SELECTOR, "svg[role=img]"):
        texts = [svg.find_element(By.TAG_NAME, tag).get_attribute("textContent") for tag in ("title", "desc")]
        check(texts[0], "a picture has no title")
        check(re.search(r"\d", texts[1]), f"the picture {texts[0]!r} is described without a number: {texts[1]!r}")
    identifiers = driver.execute_script("return [...document.querySelectorAll('[id]')].map(e => e.id)")
    check(len(identifiers) == len(set(identifiers)), "two elements have one id")


def check_silence(driver):
    for entry in driver.get_log("browser"):
        failures.append(f"console: {entry['message']}")
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] != "Network.requestWillBeSent":
            continue
        url = message["params"]["request"]["url"]
        check(url in (page.as_uri(), "data:,"), f"the page asks for {url}")


driver = browser()
try:
    emulate(driver)
    driver.get(page.as_uri())
    check_slider(driver)
    check_curves(driver)
    check_hover(driver)
    check_play(driver)
    check_legend(driver)
    check_table(driver)
    check_phone(driver)
    check_schemes(driver)
    check_texts(driver)
    check_silence(driver)
finally:
    driver.quit()
for failure in failures:
    print("FAILED:", failure, file=sys.stderr)
sys.exit(1 if failures else 0)
