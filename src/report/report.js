"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const players = [...document.querySelectorAll(".player")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const last = data.labels.length - 1;
  let step = players.length ? Number(players[0].querySelector("input").value) : 0;
  let timer = 0;

  const layers = document.querySelector("svg[data-chart=layers]");
  const ranges = [...document.querySelectorAll("svg[data-chart=ranges]")];

  // A frame has the paths as the program drew them: the line or bars, what is lost, what is zero.
  const redraw = (svg, run, frame) => {
    const paths = frame.split("|");
    [":is(.line, .bar)", ".lost", ".zero"].forEach((part, i) => {
      const path = svg.querySelector(`${part}[data-run="${run}"]`);
      if (path) path.setAttribute("d", paths[i] || "");
    });
  };

  const describe = (svg, text) => {
    svg.querySelector("desc").textContent = `At ${data.labels[step]}: ${text}`;
  };

  const fillReadout = (run, text) => {
    const row = document.querySelector(`.readout tr[data-run="${run}"]`);
    if (!row) return "";
    const cells = text.split(" ");
    [...row.querySelectorAll("td")].forEach((cell, i) => { cell.textContent = cells[i] || ""; });
    return text && `${data.names[run]}: first layer ${cells[0]}, last layer ${cells[cells.length - 1]}.`;
  };

  const rangeText = (run, layer) => {
    const [low, high] = [data.runs[run].low, data.runs[run].high].map((texts) => texts[step].split(" ").at(layer));
    return `${low} to ${high}`;
  };

  const show = (next) => {
    step = Math.max(0, Math.min(last, next));
    for (const player of players) {
      const input = player.querySelector("input");
      input.value = String(step);
      input.setAttribute("aria-valuetext", data.labels[step]);
      player.querySelector("output").textContent = data.labels[step];
    }
    const found = data.runs.map((run, i) => {
      if (layers) redraw(layers, i, run.lines[step]);
      return fillReadout(i, run.gradients[step]);
    });
    if (layers) describe(layers, found.filter(Boolean).slice(0, 8).join(" "));
    for (const svg of ranges) {
      const run = Number(svg.dataset.run);
      redraw(svg, run, data.runs[run].bars[step]);
      describe(svg, data.runs[run].low[step] === "" ? "no row." :
        `first layer ${rangeText(run, 0)}, last hidden layer ${rangeText(run, -1)}.`);
    }
    tip.hidden = true;
  };

  const stop = () => {
    clearInterval(timer);
    timer = 0;
    for (const player of players) player.querySelector(".play").textContent = "Play";
  };
  const play = () => {
    if (step === last) show(0);
    const stride = calm ? Math.ceil(last / 10) : 1;
    timer = setInterval(() => {
      show(step + stride);
      if (step === last) stop();
    }, calm ? 1500 : Math.max(40, 12000 / (last + 1)));
    for (const player of players) player.querySelector(".play").textContent = "Pause";
  };

  for (const player of players) {
    player.hidden = false;
    player.querySelector("input").addEventListener("input", (event) => { stop(); show(Number(event.target.value)); });
    player.querySelector(".play").addEventListener("click", () => (timer ? stop() : play()));
  }
  // Arrow keys step through the iterations wherever nothing else wants them.
  document.addEventListener("keydown", (event) => {
    if (event.target !== document.body || event.altKey || event.ctrlKey || event.metaKey || !players.length) return;
    if (event.key !== "ArrowRight" && event.key !== "ArrowLeft") return;
    event.preventDefault();
    stop();
    show(step + (event.key === "ArrowRight" ? 1 : -1));
  });

  for (const button of document.querySelectorAll("[data-toggles]")) {
    button.addEventListener("click", () => {
      const shown = button.getAttribute("aria-pressed") !== "true";
      button.setAttribute("aria-pressed", String(shown));
      for (const part of document.querySelectorAll(`[data-group="${button.dataset.toggles}"]`)) {
        part.classList.toggle("off", !shown);
      }
    });
  }

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
  const named = (path, part) => [data.names[path.dataset.run], part].filter(Boolean).join(", ");

  // Each kind of picture: how far a point is from the pointer, and what it is.
  const byLayer = (valueOf, off) => (svg) => ({
    off,
    text: ({ path, x }) => {
      const layer = svg.dataset.columns.split(" ").indexOf(x);
      return `${named(path, `layer ${layer + 1}`)}: ${valueOf(path.dataset.run, layer)}`;
    },
  });
  const along = ([axis, ...lines]) => () => ({
    off: Math.hypot,
    text: ({ path, line, point }) => {
      const [part, where, values] = lines[line];
      const [first, stride] = where.split("+").map(Number);
      const place = stride === undefined ? where.split(" ")[point] : first + point * stride;
      return `${named(path, part)}, ${axis} ${place}: ${values.split(" ")[point]}`;
    },
  });
  const hover = (svg, kindOf) => {
    const { off, text } = kindOf(svg);
    const move = (event) => {
      const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
      const found = nearest(svg, at, off);
      tip.hidden = !found;
      if (!found) return;
      tip.textContent = text(found);
      tip.style.left = `${Math.max(0, Math.min(event.clientX + 12, innerWidth - tip.offsetWidth - 8))}px`;
      tip.style.top = `${Math.max(0, event.clientY - tip.offsetHeight - 10)}px`;
    };
    svg.addEventListener("pointermove", move);
    svg.addEventListener("pointerdown", move);
    svg.addEventListener("pointerleave", () => { tip.hidden = true; });
  };
  if (layers) hover(layers, byLayer((run, layer) => data.runs[run].gradients[step].split(" ")[layer], Math.hypot));
  for (const svg of ranges) hover(svg, byLayer(rangeText, (x) => Math.abs(x)));
  for (const [id, lines] of Object.entries(data.points)) {
    hover(document.getElementById(`${id}-title`).closest("svg"), along(lines));
  }
})();
