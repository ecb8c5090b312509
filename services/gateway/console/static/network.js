// Draws the network: forces find places (Fruchterman & Reingold 1991), then pan, zoom, keys.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 960, HEIGHT = 600, ROUNDS = 220;
const figure = document.querySelector("[data-network]");
const drawing = figure.querySelector("svg.drawing");
const told = figure.querySelector("[data-told]");
const data = JSON.parse(document.getElementById("network-data").textContent);
const FIRM = new Set(["introduced", "collaborating"]);

const nodes = data.nodes.map((node, place) => {
  // A golden-angle spiral: the same start for the same data, so that a reload moves nothing.
  const radius = 18 * Math.sqrt(place + 1), angle = place * 2.39996;
  return { ...node, x: WIDTH / 2 + radius * Math.cos(angle), y: HEIGHT / 2 + radius * Math.sin(angle), near: new Set() };
});
const byId = new Map(nodes.map((node) => [node.id, node]));
const edges = data.edges.map((edge) => ({ ...edge, from: byId.get(edge.first), to: byId.get(edge.second) }));
for (const { from, to } of edges) {
  from.near.add(to);
  to.near.add(from);
}

function settle() {
  const ideal = Math.min(90, 0.75 * Math.sqrt((WIDTH * HEIGHT) / Math.max(nodes.length, 1)));
  for (let round = 0; round < ROUNDS; round++) {
    const heat = 40 * (1 - round / ROUNDS) + 0.5;
    for (const node of nodes) { node.dx = (WIDTH / 2 - node.x) * 0.1; node.dy = (HEIGHT / 2 - node.y) * 0.16; }
    for (let i = 0; i < nodes.length; i++) {
      for (let j = i + 1; j < nodes.length; j++) push(nodes[i], nodes[j], ideal);
    }
    for (const edge of edges) pull(edge, ideal);
    for (const node of nodes) {
      const length = Math.hypot(node.dx, node.dy) || 1, step = Math.min(length, heat);
      node.x += (node.dx / length) * step;
      node.y += (node.dy / length) * step;
    }
  }
}

function push(a, b, ideal) {
  const x = a.x - b.x || 0.01, y = a.y - b.y || 0.01;
  const force = Math.min((ideal * ideal) / (x * x + y * y), 4);
  a.dx += x * force; a.dy += y * force;
  b.dx -= x * force; b.dy -= y * force;
}

function pull({ from, to, strength }, ideal) {
  const x = from.x - to.x, y = from.y - to.y;
  const force = (Math.hypot(x, y) / ideal) * (0.25 + 0.5 * strength);
  from.dx -= x * force; from.dy -= y * force;
  to.dx += x * force; to.dy += y * force;
}

const make = (name, attributes, parent) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent.append(made);
  return made;
};

function draw() {
  drawing.replaceChildren();
  const lines = make("g", {}, drawing), marks = make("g", {}, drawing);
  for (const edge of edges) {
    const kind = FIRM.has(edge.state) ? "firm" : edge.state === "stated" ? "stated" : "";
    edge.line = make("line", { class: kind, "stroke-width": (1 + 2.5 * edge.strength).toFixed(2) }, lines);
    make("title", {}, edge.line).textContent = `${edge.from.name} – ${edge.to.name}: ${edge.label}`;
  }
  const most = Math.max(...nodes.map((node) => node.edges), 1);
  nodes.forEach((node) => {
    const link = make("a", { href: `/console/organisations/${encodeURIComponent(node.id)}`, tabindex: "0" }, marks);
    link.setAttribute("aria-label", `${node.name} (${node.edges})`);
    node.radius = 5 + 11 * Math.sqrt(node.edges / most);
    node.mark = make("circle", { r: node.radius.toFixed(1), class: `kind-${node.kind}` }, link);
    node.text = make("text", { "text-anchor": "middle" }, link);
    node.link = link;
    link.addEventListener("focus", () => look(node));
    link.addEventListener("blur", unlook);
    link.addEventListener("pointerenter", () => look(node));
    link.addEventListener("pointerleave", unlook);
    dragging(node);
  });
  place();
}

const short = (name) => (name.length > 22 ? `${name.slice(0, 21)}…` : name);
const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/;
const lengthOf = (text) => [...text].reduce((sum, sign) => sum + (WIDE.test(sign) ? 11.5 : 6.4), 0);
const overlap = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

/** Names that cover neither another name nor another mark, the largest first; nearer, there is room for more. */
function nameWhatFits() {
  const scale = Number(drawing.style.getPropertyValue("--scale")) || 1;
  const marks = nodes.map(({ x, y, radius }) => ({ left: x - radius, right: x + radius, top: y - radius, bottom: y + radius }));
  const named = [];
  nodes.forEach((node, place) => {
    const text = short(node.name), half = (lengthOf(text) / 2 + 2) * scale, foot = node.y - node.radius - 2;
    const box = { left: node.x - half, right: node.x + half, top: foot - 14 * scale, bottom: foot };
    const seen = box.left > view.x && box.right < view.x + view.width && box.top > view.y && foot < view.y + view.height;
    const fits = seen && !named.some((one) => overlap(one, box)) && !marks.some((one, other) => other !== place && overlap(one, box));
    if (fits) named.push(box);
    node.text.textContent = fits ? text : "";
  });
}

function place() {
  for (const { line, from, to } of edges) {
    line.setAttribute("x1", from.x.toFixed(1)); line.setAttribute("y1", from.y.toFixed(1));
    line.setAttribute("x2", to.x.toFixed(1)); line.setAttribute("y2", to.y.toFixed(1));
  }
  for (const { mark, text, x, y, radius } of nodes) {
    mark.setAttribute("cx", x.toFixed(1)); mark.setAttribute("cy", y.toFixed(1));
    text.setAttribute("x", x.toFixed(1)); text.setAttribute("y", (y - radius - 4).toFixed(1));
  }
}

function look(node) {
  drawing.classList.add("focused");
  for (const other of nodes) other.link.classList.toggle("near", other === node || node.near.has(other));
  for (const edge of edges) edge.line.classList.toggle("near", edge.from === node || edge.to === node);
  node.text.textContent = node.name;
  told.textContent = `${node.name}: ${[...node.near].slice(0, 8).map((one) => one.name).join(" · ")}${node.near.size > 8 ? " …" : ""}`;
}

function unlook() {
  drawing.classList.remove("focused");
  nameWhatFits();
}

// What is looked at, in the drawing's own measure.
let view = { x: 0, y: 0, width: WIDTH, height: HEIGHT };
const show = () => {
  drawing.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  // Names stay readable at any distance.
  const scale = Math.max(view.width / drawing.clientWidth, view.height / drawing.clientHeight);
  drawing.style.setProperty("--scale", scale.toFixed(3));
  nameWhatFits();
};

/** All of it, in the window's own shape, with room for names. */
function all() {
  const xs = nodes.map((node) => node.x), ys = nodes.map((node) => node.y);
  const middle = (them) => (Math.min(...them) + Math.max(...them)) / 2, span = (them) => Math.max(...them) - Math.min(...them);
  const shape = drawing.clientWidth / drawing.clientHeight || WIDTH / HEIGHT;
  const height = Math.max(span(ys) + 70, (span(xs) + 140) / shape, 300), width = height * shape;
  view = { x: middle(xs) - width / 2, y: middle(ys) - 10 - height / 2, width, height };
  show();
}

function zoom(factor, at = { x: view.x + view.width / 2, y: view.y + view.height / 2 }) {
  const width = Math.min(Math.max(view.width * factor, 80), 6000), by = width / view.width;
  view = { x: at.x - (at.x - view.x) * by, y: at.y - (at.y - view.y) * by, width, height: view.height * by };
  show();
}

function point(event) {
  const place = new DOMPoint(event.clientX, event.clientY);
  return place.matrixTransform(drawing.getScreenCTM().inverse());
}

function dragging(node) {
  let moved = false;
  node.link.addEventListener("pointerdown", (event) => {
    event.stopPropagation();
    moved = false;
    const move = (next) => {
      moved = true;
      const to = point(next);
      node.x = to.x; node.y = to.y;
      place();
    };
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", () => { window.removeEventListener("pointermove", move); nameWhatFits(); }, { once: true });
  });
  node.link.addEventListener("dragstart", (event) => event.preventDefault());
  node.link.addEventListener("click", (event) => { if (moved) event.preventDefault(); });
}

drawing.addEventListener("pointerdown", (event) => {
  const start = point(event);
  const move = (next) => {
    const now = point(next);
    view.x += start.x - now.x; view.y += start.y - now.y;
    show();
  };
  window.addEventListener("pointermove", move);
  window.addEventListener("pointerup", () => window.removeEventListener("pointermove", move), { once: true });
});
drawing.addEventListener("wheel", (event) => {
  if (!event.ctrlKey && !event.metaKey && document.activeElement !== drawing) return;
  event.preventDefault();
  zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, point(event));
}, { passive: false });
const KEYS = {
  ArrowLeft: () => { view.x -= view.width / 12; }, ArrowRight: () => { view.x += view.width / 12; },
  ArrowUp: () => { view.y -= view.height / 12; }, ArrowDown: () => { view.y += view.height / 12; },
  "+": () => zoom(1 / 1.25), "=": () => zoom(1 / 1.25), "-": () => zoom(1.25), "0": all,
};
drawing.addEventListener("keydown", (event) => {
  const action = KEYS[event.key];
  if (!action || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  action();
  show();
});
const tools = figure.querySelector(".network-tools");
tools.hidden = false;
tools.addEventListener("click", (event) => {
  const wanted = event.target.closest("[data-zoom]")?.dataset.zoom;
  if (wanted) ({ in: () => zoom(1 / 1.3), out: () => zoom(1.3), all })[wanted]();
});
tools.querySelector("input").addEventListener("change", (event) => {
  const name = event.target.value.trim().toLowerCase();
  const node = name && nodes.find((one) => one.name.toLowerCase() === name) || nodes.find((one) => name && one.name.toLowerCase().includes(name));
  if (!node) return;
  view = { x: node.x - 200, y: node.y - 125, width: 400, height: 250 };
  show();
  node.link.focus();
});

settle();
draw();
all();
