// The match page: lines from needs to capabilities, and decisions by keyboard.
const SVG = "http://www.w3.org/2000/svg";

function make(name, attributes, text) {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, value);
  if (text) one.textContent = text;
  return one;
}

function draw(board) {
  const svg = board.querySelector("svg");
  svg.replaceChildren();
  board.classList.add("drawn");
  const frame = board.getBoundingClientRect();
  const place = (side, at) => board.querySelector(`[data-side=${side}][data-place="${at}"]`);
  const labels = [];
  JSON.parse(board.dataset.lines).forEach(([need, capability, score], index) => {
    const from = place("need", need).getBoundingClientRect();
    const to = place("capability", capability).getBoundingClientRect();
    const x1 = from.right - frame.left, x2 = to.left - frame.left;
    const y1 = from.top + from.height / 2 - frame.top, y2 = to.top + to.height / 2 - frame.top;
    const middle = (x1 + x2) / 2;
    const path = make("path", {
      d: `M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`,
      "stroke-width": (1 + 4 * score).toFixed(1), "data-need": need, "data-capability": capability,
    });
    svg.append(path);
    // Labels of crossing lines stand at different places of their curves.
    const t = [0.5, 0.32, 0.68][index % 3];
    const point = path.getPointAtLength(path.getTotalLength() * t);
    labels.push(make("text", { x: point.x, y: point.y }, score.toFixed(2)));
  });
  svg.append(...labels);
}

function light(board, statement, on) {
  const { side, place } = statement.dataset;
  const lit = new Set();
  board.querySelectorAll(`path[data-${side}="${place}"]`).forEach((path) => {
    path.classList.toggle("strong", on);
    lit.add(`need${path.dataset.need}`).add(`capability${path.dataset.capability}`);
  });
  board.querySelectorAll(".statement").forEach((one) => {
    one.classList.toggle("lit", on && lit.has(one.dataset.side + one.dataset.place));
  });
}

for (const board of document.querySelectorAll(".joined")) {
  new ResizeObserver(() => draw(board)).observe(board);
  for (const kind of ["pointerover", "focusin"]) board.addEventListener(kind, (event) => {
    const statement = event.target.closest(".statement");
    if (statement) light(board, statement, true);
  });
  for (const kind of ["pointerout", "focusout"]) board.addEventListener(kind, (event) => {
    const statement = event.target.closest(".statement");
    if (statement) light(board, statement, false);
  });
}

const press = (value) => document.querySelector(`#decision button[value=${value}]`)?.click();
const keys = {
  a: () => press("approve"),
  h: () => press("hold"),
  r: () => document.getElementById("open-rejection")?.click(),
  u: () => document.querySelector("#undo button")?.click(),
  q: () => document.getElementById("back-to-queue").click(),
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("textarea, select, input:not([type=checkbox])")) return;
  if (keys[event.key]) { event.preventDefault(); keys[event.key](); }
});
