"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const svgs = [...document.querySelectorAll("svg[data-chart]")];
  const charts = (...kinds) => svgs.filter((svg) => kinds.includes(svg.dataset.chart));
  const player = document.querySelector(".player");
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const last = data.labels.length - 1;
  let step = player ? Number(player.querySelector("input").value) : 0;
  let timer = 0;
  const layers = charts("layers")[0];
  const ranges = charts("ranges");

  // Lines that the script adds to a picture, to point at a place in it.
  const added = new WeakMap();
  const pointer = (svg, name) => {
    if (!added.has(svg)) added.set(svg, {});
    const own = added.get(svg);
    if (!own[name]) {
      own[name] = svg.appendChild(document.createElementNS(svg.namespaceURI, name === "row" ? "rect" : "line"));
      own[name].classList.add(name);
    }
    return own[name];
  };
  const set = (element, values) => {
    for (const [name, value] of Object.entries(values)) element.setAttribute(name, String(value));
    element.classList.remove("off");
  };
  const hide = (svg, name) => { added.get(svg)?.[name]?.classList.add("off"); };
  const numbers = (text) => text.split(" ").map(Number);
  // The upper and the lower edge of a picture's data.
  const edges = (svg) => {
    if (svg.dataset.layers) return numbers(svg.dataset.layers).slice(1);
    const [, , , bottom, top] = numbers(svg.dataset.y);
    return [top, bottom];
  };
  const upright = (svg, name, x) => {
    const [top, bottom] = edges(svg);
    set(pointer(svg, name), { x1: x, x2: x, y1: top, y2: bottom });
  };
  // Iterations and epochs stand evenly on x.
  const across = (svg, value) => {
    const [, low, high, left, right] = numbers(svg.dataset.x);
    return left + (value - low) / (high - low) * (right - left);
  };
  const along = (svg, x) => {
    const [, low, high, left, right] = numbers(svg.dataset.x);
    return Math.max(low, Math.min(high, low + (x - left) / (right - left) * (high - low)));
  };
  const byIteration = charts("iterations", "loss", "heatmap");
  const byLayer = charts("layers", "ranges");

  // A frame has the paths as the program drew them: the line or bars, what is lost, what is zero, whiskers.
  const redraw = (svg, group, frame) => {
    const paths = frame.split("|");
    [":is(.line, .bar)", ".lost", ".zero", ".whisker"].forEach((part, i) => {
      const path = svg.querySelector(`${part}[data-group="${group}"]`);
      if (path) path.setAttribute("d", paths[i] || "");
    });
  };
  const describe = (svg, text) => {
    svg.querySelector("desc").textContent = `At ${data.labels[step]}: ${text}`;
  };
  const fillReadout = (group, text) => {
    const row = document.querySelector(`.readout tr[data-group="${group}"]`);
    if (!row) return "";
    const cells = text.split(" ");
    [...row.querySelectorAll("td")].forEach((cell, i) => { cell.textContent = cells[i] || ""; });
    return text && `${data.names[group]}: first layer ${cells[0]}, last layer ${cells[cells.length - 1]}.`;
  };
  const fillCards = (group, text) => {
    const [factor, verdict] = text ? text.split(/ (.*)/) : ["–", "unknown"];
    for (const [part, word] of [["factor", factor], ["verdict", verdict]]) {
      const value = document.querySelector(`[data-card="${part}"][data-group="${group}"] b`);
      if (value) value.textContent = word;
    }
  };
  const rangeText = (group, layer) => {
    const [low, high] = [data.groups[group].low, data.groups[group].high].map((texts) => texts[step].split(" ").at(layer));
    return `${low} to ${high}`;
  };

  const show = (next) => {
    step = Math.max(0, Math.min(last, next));
    const input = player.querySelector("input");
    input.value = String(step);
    input.setAttribute("aria-valuetext", data.labels[step]);
    player.querySelector("output").textContent = data.labels[step];
    for (const moment of document.querySelectorAll(".moment")) moment.textContent = data.labels[step];
    const found = Object.entries(data.groups).map(([group, frames]) => {
      if (layers) redraw(layers, group, frames.lines[step]);
      fillCards(group, frames.factors[step]);
      return fillReadout(group, frames.gradients[step]);
    });
    if (layers) describe(layers, found.filter(Boolean).slice(0, 8).join(" "));
    for (const svg of ranges) {
      const group = svg.dataset.group;
      redraw(svg, group, data.groups[group].bars[step]);
      describe(svg, data.groups[group].low[step] === "" ? "no row." :
        `first layer ${rangeText(group, 0)}, last hidden layer ${rangeText(group, -1)}.`);
    }
    for (const svg of byIteration) upright(svg, "now", across(svg, data.steps[step]));
    tip.hidden = true;
  };

  const stop = () => {
    clearInterval(timer);
    timer = 0;
    player.querySelector(".play").textContent = "Play";
  };
  const play = () => {
    if (step === last) show(0);
    const stride = calm ? Math.ceil(last / 10) : 1;
    timer = setInterval(() => {
      show(step + stride);
      if (step === last) stop();
    }, calm ? 1500 : Math.max(40, 12000 / (last + 1)));
    player.querySelector(".play").textContent = "Pause";
  };
  const jump = (next) => { stop(); show(next); };

  // Everything that shows the layer or the iteration under the pointer says so.
  const mark = (layer, iteration) => {
    for (const svg of byLayer) {
      const x = layer && svg.dataset.columns.split(" ")[layer - 1];
      if (x) upright(svg, "mark", x); else hide(svg, "mark");
    }
    for (const svg of byIteration) {
      if (iteration) upright(svg, "mark", across(svg, iteration)); else hide(svg, "mark");
      const lines = [...svg.querySelectorAll("[data-layer]")];
      for (const line of lines) line.classList.toggle("marked", Number(line.dataset.layer) === layer);
      svg.classList.toggle("marking", lines.some((line) => line.classList.contains("marked")));
    }
    for (const svg of charts("heatmap")) {
      const [count, top, bottom] = numbers(svg.dataset.layers);
      const [, , , left, right] = numbers(svg.dataset.x);
      const height = (bottom - top) / count;
      if (!layer || layer > count) hide(svg, "row");
      else set(pointer(svg, "row"), { x: left, y: top + (layer - 1) * height, width: right - left, height });
    }
    for (const svg of charts("error")) {
      if (iteration && data.epoch) upright(svg, "mark", across(svg, Math.ceil(iteration / data.epoch))); else hide(svg, "mark");
    }
    for (const row of document.querySelectorAll(".readout tr")) {
      [...row.children].forEach((cell, i) => { cell.classList.toggle("marked", i > 0 && i === layer); });
    }
  };

  // The value of the point nearest to the pointer: the page's data has it in words, and its path the place.
  const tip = document.body.appendChild(document.createElement("div"));
  tip.className = "tip";
  tip.hidden = true;
  const reach = 14;
  const places = new WeakMap();
  const pointsOf = (path) => {
    const d = path.getAttribute("d");
    if (places.get(path)?.d !== d) {
      places.set(path, { d, points: [...d.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map((found) => [found[1], found[2]]) });
    }
    return places.get(path).points;
  };
  const nearest = (svg, at, off) => {
    let best = { off: reach };
    svg.querySelectorAll(".line, .bar").forEach((path, line) => {
      if (path.closest(".off")) return;
      pointsOf(path).forEach(([x, y], point) => {
        const distance = off(x - at.x, y - at.y);
        if (distance < best.off) best = { off: distance, path, line, point, x };
      });
    });
    return best.path && best;
  };
  const named = (group, part) => [data.names[group], part].filter(Boolean).join(", ");
  const closest = (iteration) => {
    let best = 0;
    data.steps.forEach((found, i) => { if (Math.abs(found - iteration) < Math.abs(data.steps[best] - iteration)) best = i; });
    return best;
  };

  // Each kind of picture: what is under the pointer, in words, and which layer and iteration that is.
  const atLayer = (valueOf, off) => (svg, at) => {
    const columns = numbers(svg.dataset.columns);
    const layer = columns.reduce((best, x, i) => (Math.abs(x - at.x) < Math.abs(columns[best] - at.x) ? i : best), 0);
    const found = nearest(svg, at, off);
    const group = found?.path.dataset.group;
    return { layer: layer + 1, text: found && `${named(group, `layer ${layer + 1}`)}: ${valueOf(group, layer)}` };
  };
  const atCurve = (svg, at) => {
    const [axis, ...lines] = data.points[svg.querySelector("title").id.replace(/-title$/, "")] ?? [];
    const found = nearest(svg, at, Math.hypot);
    const value = along(svg, at.x);
    const iteration = axis === "iteration" ? Math.round(value) : Math.round(value) * data.epoch;
    if (!found) return { iteration };
    const [part, where, values] = lines[found.line];
    const [first, stride] = where.split("+").map(Number);
    const place = stride === undefined ? where.split(" ")[found.point] : first + found.point * stride;
    return {
      iteration,
      layer: Number(found.path.dataset.layer) || 0,
      text: `${named(found.path.dataset.group, part)}, ${axis} ${place}: ${values.split(" ")[found.point]}`,
    };
  };
  const atCell = (svg, at) => {
    const [count, top, bottom] = numbers(svg.dataset.layers);
    const layer = Math.max(1, Math.min(count, Math.ceil((at.y - top) / (bottom - top) * count)));
    const iteration = Math.floor(along(svg, at.x));
    const value = data.groups[svg.dataset.group].gradients[closest(iteration)].split(" ")[layer - 1];
    return { layer, iteration, text: value && `${named(svg.dataset.group, `layer ${layer}`)}, ${data.labels[closest(iteration)]}: ${value}` };
  };
  const kinds = {
    layers: atLayer((group, layer) => data.groups[group].gradients[step].split(" ")[layer], Math.hypot),
    ranges: atLayer(rangeText, (x) => Math.abs(x)),
    iterations: atCurve, loss: atCurve, error: atCurve, heatmap: atCell,
  };
  for (const svg of svgs) {
    const found = kinds[svg.dataset.chart];
    if (!found) continue;
    const under = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const [top, bottom] = edges(svg);
      return at.y >= top - reach && at.y <= bottom + reach ? found(svg, at) : {};
    };
    const move = (event) => {
      const { layer, iteration, text } = under(event);
      mark(layer || 0, iteration || 0);
      tip.hidden = !text;
      if (!text) return;
      tip.textContent = text;
      tip.style.left = `${Math.max(0, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8))}px`;
      tip.style.top = `${Math.max(0, event.clientY - tip.offsetHeight - 10)}px`;
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerdown", move);
    svg.addEventListener("pointerleave", () => { mark(0, 0); tip.hidden = true; });
    if (player && byIteration.includes(svg)) {
      svg.addEventListener("click", (event) => { const { iteration } = under(event); if (iteration) jump(closest(iteration)); });
    }
  }

  if (player) {
    player.hidden = false;
    player.querySelector("input").addEventListener("input", (event) => jump(Number(event.target.value)));
    player.querySelector(".play").addEventListener("click", () => (timer ? stop() : play()));
    for (const svg of byIteration) upright(svg, "now", across(svg, data.steps[step]));
  }
  // Arrow keys step through the iterations wherever nothing else wants them.
  document.addEventListener("keydown", (event) => {
    if (event.target !== document.body || event.altKey || event.ctrlKey || event.metaKey || !player) return;
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    jump(step + (event.key === "ArrowRight" ? 1 : -1));
  });

  for (const button of document.querySelectorAll("[data-toggles]")) {
    button.disabled = false;
    button.addEventListener("click", () => {
      const shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(shown));
      for (const part of document.querySelectorAll(`.figures [data-group="${button.dataset.toggles}"], .readout [data-group="${button.dataset.toggles}"]`)) {
        part.classList.toggle("off", !shown);
      }
    });
  }

  // Tables sort by the column whose heading is pressed, and show the rows that have all the words of the filter.
  const valueOf = (row, column) => {
    const cell = row.children[column];
    return cell.querySelector("data")?.value ?? cell.textContent;
  };
  const amount = (text) => (text.includes("Inf") ? Infinity : parseFloat(text.replace("×", "")));
  const compare = (a, b) => {
    const [x, y] = [amount(a), amount(b)];
    if (Number.isNaN(x) && Number.isNaN(y)) return a.localeCompare(b, "en");
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.isNaN(x) ? 1 : -1;
    return x === y ? 0 : x - y;
  };
  for (const box of document.querySelectorAll(".sorts")) {
    const body = box.querySelector("tbody");
    const heads = [...box.querySelectorAll("thead th")];
    if (body.rows.length < 2) continue;
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...body.rows].map((row) => [valueOf(row, column), row]);
        rows.sort(([a], [b]) => (down ? compare(b, a) : compare(a, b)));
        body.append(...rows.map(([, row]) => row));
      });
    });
    if (body.rows.length < 6) continue;
    const filter = document.createElement("input");
    Object.assign(filter, { type: "search", className: "filter", placeholder: "Filter rows" });
    filter.setAttribute("aria-label", `Filter: ${box.getAttribute("aria-label")}`);
    box.before(filter);
    filter.addEventListener("input", () => {
      const words = filter.value.toLowerCase().split(" ").filter(Boolean);
      for (const row of body.rows) row.hidden = !words.every((word) => row.textContent.toLowerCase().includes(word));
    });
  }
})();
