// The review queue by keyboard: j/k moves, x ticks, a/r/h decide, u takes back; counts stay live.
import { getJson } from "hezuo/http";
import { listen } from "hezuo/live";

const rows = [...document.querySelectorAll("#rows > li")];
const form = document.getElementById("queue");
const tabs = document.getElementById("tabs");
const ticks = () => [...document.querySelectorAll("#rows input[name=match]")];
const ticked = () => ticks().filter((one) => one.checked);
const PLACE = "hezuo-queue-place";
let at = -1;

function go(place, { focus = true } = {}) {
  if (!rows.length) return;
  rows[at]?.classList.remove("current");
  at = Math.max(0, Math.min(rows.length - 1, place));
  const row = rows[at];
  row.classList.add("current");
  if (focus) row.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function showTicked() {
  const count = ticked().length;
  document.getElementById("ticked").textContent = count ? `✓ ${count}` : "";
  document.querySelectorAll(".needs-ticks").forEach((one) => { one.disabled = !count; });
  document.getElementById("all").checked = count > 0 && count === rows.length;
}

/** What a key decides about: the ticked ones, else the current one. */
function choose() {
  if (!ticked().length && at >= 0) rows[at].querySelector("input").checked = true;
  showTicked();
  return ticked().length > 0;
}

function decide(decision) {
  if (!choose()) return;
  sessionStorage.setItem(PLACE, String(at));
  form.requestSubmit(form.querySelector(`button[value=${decision}]`));
}

const keys = {
  j: () => go(at + 1),
  k: () => go(at - 1),
  x: () => { if (at >= 0) { const box = rows[at].querySelector("input"); box.checked = !box.checked; showTicked(); } },
  a: () => decide("approve"),
  h: () => decide("hold"),
  r: () => { if (choose()) document.getElementById("rejection").showModal(); },
  u: () => document.querySelector(".said form button")?.click(),
  Enter: (event) => { if (at >= 0 && !event.target.closest("a, button, input")) location.assign(rows[at].dataset.link); },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("textarea, select, dialog, input:not([type=checkbox])")) return;
  if (document.querySelector("dialog[open]")) return;
  const act = keys[event.key];
  if (!act) return;
  if (event.key !== "Enter") event.preventDefault();
  act(event);
});

if (form) {
  form.addEventListener("change", showTicked);
  rows.forEach((row, place) => row.addEventListener("click", () => go(place, { focus: false })));
  document.getElementById("all").addEventListener("change", (event) => {
    ticks().forEach((one) => { one.checked = event.target.checked; });
    showTicked();
  });
  showTicked();
  const kept = sessionStorage.getItem(PLACE);
  sessionStorage.removeItem(PLACE);
  if (kept !== null) go(Number(kept));
}

let waiting = null;
async function refresh() {
  waiting = null;
  try {
    const counts = await getJson(tabs.dataset.counts, { background: true });
    let changed = false;
    for (const one of tabs.querySelectorAll("[data-tab]")) {
      const now = counts[one.dataset.tab].toLocaleString("en");
      changed ||= now !== one.textContent;
      one.textContent = now;
    }
    if (changed) document.getElementById("news").hidden = false;
  } catch { /* the next event tries again */ }
}
const soon = () => { waiting ??= setTimeout(refresh, 1500); };
listen(["match.changed", "reset"], soon);
// A rematch run moves thousands of matches and sends no event for each: the counts are asked again.
setInterval(() => { if (!document.hidden) soon(); }, 30_000);
