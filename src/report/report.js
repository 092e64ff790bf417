"use strict";
(() => {
  const frames = JSON.parse(document.getElementById("frames").textContent);
  const players = [...document.querySelectorAll(".player")];
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const last = frames.labels.length - 1;
  let step = players.length ? Number(players[0].querySelector("input").value) : 0;
  let timer = 0;

  const toNumber = (text) => (text === "Inf" ? Infinity : text === "-Inf" ? -Infinity : Number(text));
  const numbers = (text) => (text === "" ? [] : text.split(" ").map(toNumber));
  const short = (value) => String(Math.round(value * 10) / 10);

  // As the program's own scales: no place for what is not finite or, on a log scale, not above zero.
  const scaleOf = (text) => {
    const [kind, ...ends] = text.split(" ");
    const [low, high, from, to] = ends.map(Number);
    return (value) => {
      if (!Number.isFinite(value) || (kind === "log" && value <= 0)) return null;
      const share = kind === "log" ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
      return from + share * (to - from);
    };
  };
  const edges = (svg) => svg.dataset.y.split(" ").slice(3).map(Number);
  // Marks at the edges stand for what is not on the scale.
  const onScale = (svg) => {
    const [place, [bottom, top]] = [scaleOf(svg.dataset.y), edges(svg)];
    return (value) => {
      const y = place(value);
      return y === null || y > bottom + 0.05 || y < top - 0.05 ? null : y;
    };
  };
  const cross = (x, y) => `M${short(x - 2.6)} ${short(y)}l5.2 5.2m0-5.2l-5.2 5.2`;
  const wedge = (x, y) => `M${short(x - 2.6)} ${short(y - 5.2)}l2.6 5.2 2.6-5.2`;

  const pathsOfLine = (svg, values) => {
    const [x, y] = [scaleOf(svg.dataset.x), onScale(svg)];
    const [bottom, top] = edges(svg);
    const high = Number(svg.dataset.y.split(" ")[2]);
    let inGap = false;
    const paths = { line: "", lost: "", zero: "" };
    let joined = false;
    values.forEach((value, i) => {
      const [across, up] = [x(i + 1), y(value)];
      if (up !== null) paths.line += `${joined ? " " : "M"}${short(across)} ${short(up)}`;
      else if (!inGap && value < high) paths.zero += wedge(across, bottom);
      else if (!inGap) paths.lost += cross(across, top);
      inGap = up === null;
      const alone = up !== null && !joined && (i + 1 === values.length || y(values[i + 1]) === null);
      if (alone) paths.line += "h0";
      joined = up !== null;
    });
    return paths;
  };

  const pathsOfBars = (svg, low, high) => {
    const [x, y] = [scaleOf(svg.dataset.x), scaleOf(svg.dataset.y)];
    const paths = { line: "", lost: "", zero: "" };
    low.forEach((value, i) => {
      const [across, from, to] = [x(i + 1), y(value), y(high[i])];
      const [bottom, top] = edges(svg);
      const within = (place) => short(Math.max(top, Math.min(bottom, place)));
      if (from !== null && to !== null) paths.line += `M${short(across)} ${within(from)}V${within(to)}`;
      if (from === null || to === null || to < top - 0.05) paths.lost += cross(across, top);
    });
    return paths;
  };

  const redraw = (svg, run, paths) => {
    const of = (selector) => svg.querySelector(`${selector}[data-run="${run}"]`);
    const line = of(".line") || of(".bar");
    if (!line) return;
    line.setAttribute("d", paths.line);
    of(".lost").setAttribute("d", paths.lost);
    of(".zero").setAttribute("d", paths.zero);
  };

  const layers = document.querySelector("svg[data-chart=layers]");
  const ranges = [...document.querySelectorAll("svg[data-chart=ranges]")];

  const describe = (svg, text) => {
    svg.querySelector("desc").textContent = `At ${frames.labels[step]}: ${text}`;
  };

  const fillReadout = (run, text) => {
    const row = document.querySelector(`.readout tr[data-run="${run}"]`);
    if (!row) return "";
    const cells = text.split(" ");
    [...row.querySelectorAll("td")].forEach((cell, i) => { cell.textContent = cells[i] || ""; });
    if (text === "") return "";
    return `${row.querySelector("th").textContent}: first layer ${cells[0]}, last layer ${cells[cells.length - 1]}.`;
  };

  const show = (next) => {
    step = Math.max(0, Math.min(last, next));
    for (const player of players) {
      const input = player.querySelector("input");
      input.value = String(step);
      input.setAttribute("aria-valuetext", frames.labels[step]);
      player.querySelector("output").textContent = frames.labels[step];
    }
    const found = [];
    frames.runs.forEach((frame, run) => {
      if (layers) redraw(layers, run, pathsOfLine(layers, numbers(frame.gradients[step])));
      found.push(fillReadout(run, frame.gradients[step]));
    });
    if (layers) describe(layers, found.filter(Boolean).slice(0, 8).join(" "));
    for (const svg of ranges) {
      const run = Number(svg.dataset.run);
      const [low, high] = [numbers(frames.runs[run].low[step]), numbers(frames.runs[run].high[step])];
      redraw(svg, run, pathsOfBars(svg, low, high));
      const end = low.length - 1;
      describe(svg, end < 0 ? "no row." :
        `first layer ${low[0]} to ${high[0]}, last hidden layer ${low[end]} to ${high[end]}.`);
    }
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
})();
