// The profile editor: rows, fields, live hints, and a draft that outlives the browser.
import { postHtml } from "hezuo/hints";
import { keepDraft } from "hezuo/draft-keeper";

const form = document.getElementById("profile");
const codes = new Map();

/** Adds a row to a list; its number is one that no other row has. */
export function addRow(part) {
  const list = form.querySelector(`[data-list="${part}"]`);
  const numbers = [...list.querySelectorAll("[name]")].map((one) => Number(one.name.split(".")[1]) || 0);
  const next = numbers.length ? Math.max(...numbers) + 1 : 0;
  const blank = document.getElementById(`${part}-blank`);
  const holder = document.createElement("div");
  holder.append(blank.content.cloneNode(true));
  for (const element of holder.querySelectorAll("*")) {
    for (const name of ["id", "name", "for", "aria-describedby", "data-name"]) {
      const value = element.getAttribute(name);
      if (value?.includes("__n__")) element.setAttribute(name, value.replace("__n__", next));
    }
  }
  const row = holder.firstElementChild;
  list.append(row);
  list.parentElement.querySelector("[data-none]")?.remove();
  return row;
}

const changed = () => form.dispatchEvent(new Event("hezuo:changed"));

form.addEventListener("click", (event) => {
  const adds = event.target.closest("[data-adds]");
  if (adds) {
    event.preventDefault();
    addRow(adds.dataset.adds).querySelector("textarea, input:not([type=hidden])").focus();
    changed();
  }
  const suggested = event.target.closest("[data-suggested-field]");
  if (suggested) {
    const fields = suggested.closest("[data-statement]").querySelector("[data-fields]");
    addField(fields, suggested.dataset.suggestedField, suggested.dataset.label);
    suggested.remove();
  }
});

form.addEventListener("change", (event) => {
  const { target } = event;
  if (target.matches("[data-removes]")) {
    target.closest("[data-statement]").classList.toggle("going", target.checked);
  }
  if (target.matches("[data-add-field]") && known(target.value)) {
    addField(target.closest("[data-fields]"), target.value, target.value);
    target.value = "";
  }
});

// Enter in the field for fields adds one; it does not send the form.
form.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !event.target.matches("[data-add-field]")) return;
  event.preventDefault();
  event.target.dispatchEvent(new Event("change", { bubbles: true }));
});

function known(label) {
  return [...document.querySelectorAll("#taxonomy option")].some((one) => one.value === label);
}

/** The server knows fields by code and by label in either language. */
function addField(fields, value, label) {
  const chips = fields.querySelector("[data-chips]");
  const there = [...chips.querySelectorAll("label")].some((one) => one.textContent.trim() === label);
  if (there) return;
  const chip = document.createElement("label");
  chip.className = "check chip";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: chips.dataset.name, value, checked: true });
  chip.append(box, ` ${label}`);
  chips.append(chip);
  changed();
}

// Hints follow the typing after a pause; an older answer never replaces a newer one.
const asked = new WeakMap();
function hint(area, delay) {
  clearTimeout(asked.get(area)?.timer);
  const statement = area.closest("[data-statement]");
  const place = statement.querySelector("[data-hints]");
  const turn = { timer: 0 };
  asked.set(area, turn);
  turn.timer = setTimeout(async () => {
    const text = area.value.trim();
    if (text.length < 5) { place.replaceChildren(); return; }
    const html = await postHtml(form.dataset.hintsAt, { text, side: statement.dataset.side });
    if (asked.get(area) !== turn || html === null) return;
    place.innerHTML = html;
    const chosen = new Set([...statement.querySelectorAll(".chip")].map((one) => one.textContent.trim()));
    for (const one of place.querySelectorAll("[data-suggested-field]")) {
      if (chosen.has(one.dataset.label)) one.remove();
    }
  }, delay);
}
form.addEventListener("input", (event) => {
  if (event.target.matches("[data-hinted]")) hint(event.target, 700);
});
form.addEventListener("focusin", (event) => {
  const area = event.target;
  if (area.matches("[data-hinted]") && !asked.has(area)) hint(area, 0);
});

keepDraft(form, document.getElementById("kept-draft"), addRow);
