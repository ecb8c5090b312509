// Keeps what is typed in localStorage until it is saved, and offers it again.
const PREFIX = "hezuo-draft:";
const SENT_IS_KEPT = 30 * 24 * 3600 * 1000;

const fieldsOf = (form) => [...new FormData(form)].filter(
  ([name, value]) => typeof value === "string" && name !== "form_token" && name !== "version",
);

/** `addRow(part)` makes a numbered row; `notice` offers to restore or to discard. */
export function keepDraft(form, notice, addRow) {
  const key = PREFIX + form.dataset.draft;
  const stored = JSON.stringify(fieldsOf(form));
  forgetOld();
  if ("saved" in form.dataset) localStorage.removeItem(key);
  // What was just sent and not accepted stands in the form already.
  if (!("unsaved" in form.dataset)) offer(form, notice, addRow, key, stored);

  let timer = 0;
  const keep = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const fields = fieldsOf(form);
      const same = JSON.stringify(fields) === stored && !("unsaved" in form.dataset);
      if (same) localStorage.removeItem(key);
      else write(key, { at: Date.now(), version: form.dataset.version, fields });
    }, 400);
  };
  form.addEventListener("input", keep);
  form.addEventListener("hezuo:changed", keep);
}

// Whoever logs out leaves nothing behind on this device.
document.addEventListener("submit", (event) => {
  if (new URL(event.target.action, location).pathname !== "/console/logout") return;
  for (const key of ownKeys()) localStorage.removeItem(key);
});

function offer(form, notice, addRow, key, stored) {
  const kept = read(key);
  if (!kept || JSON.stringify(kept.fields) === stored) return;
  const when = notice.querySelector("[data-when]");
  const moment = new Date(kept.at);
  when.dateTime = moment.toISOString();
  when.textContent = moment.toLocaleString(document.documentElement.lang);
  notice.hidden = false;
  notice.querySelector("[data-restore]").addEventListener("click", () => {
    restore(form, kept.fields, addRow);
    notice.hidden = true;
    form.dispatchEvent(new Event("hezuo:changed"));
  });
  notice.querySelector("[data-discard]").addEventListener("click", () => {
    localStorage.removeItem(key);
    notice.hidden = true;
  });
}

function restore(form, fields, addRow) {
  const lists = ["capabilities", "needs", "contacts"];
  for (const part of lists) form.querySelector(`[data-list="${part}"]`).replaceChildren();
  const rows = new Map();
  for (const box of form.querySelectorAll("[data-chips]")) box.replaceChildren();
  for (const [name, value] of fields) {
    const [part, number, ...rest] = name.split(".");
    if (!lists.includes(part)) { fill(form, name, value); continue; }
    const place = `${part}.${number}`;
    if (!rows.has(place)) rows.set(place, addRow(part));
    const row = rows.get(place);
    const actual = row.querySelector("[name]").name.split(".").slice(0, 2);
    fill(row, [...actual, ...rest].join("."), value);
  }
}

function fill(within, name, value) {
  if (name.endsWith("[]")) { chip(within, name, value); return; }
  const field = within.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!field) return;
  if (field.type === "checkbox") field.checked = true;
  else field.value = value;
}

function chip(within, name, value) {
  const chips = within.querySelector(`[data-chips][data-name="${CSS.escape(name)}"]`);
  if (!chips || !value) return;
  const label = document.createElement("label");
  label.className = "check chip";
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name, value, checked: true });
  label.append(box, ` ${value}`);
  chips.append(label);
}

function ownKeys() {
  return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
}

function forgetOld() {
  for (const key of ownKeys()) {
    if (Date.now() - (read(key)?.at ?? 0) > SENT_IS_KEPT) localStorage.removeItem(key);
  }
}

function read(key) {
  try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
}

function write(key, value) {
  // A full or forbidden store costs the draft, not the form.
  try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* nothing to do */ }
}
