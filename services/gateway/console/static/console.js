// What every page has: dialogs, the menu on small screens, questions before grave actions, keys.
import "hezuo/unread";

const byId = (id) => document.getElementById(id);
const typing = (target) => target.closest("input:not([type=checkbox]), textarea, select, dialog");

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) byId(opener.dataset.opens)?.showModal();
  const closer = event.target.closest("[data-closes]");
  if (closer) closer.closest("dialog")?.close();
  const toggle = event.target.closest("[data-toggles]");
  if (toggle) {
    const open = byId(toggle.dataset.toggles).classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
  }
});

// A form with data-ask is sent after a question; the button that was pressed is kept.
document.addEventListener("submit", (event) => {
  const form = event.target;
  const question = event.submitter?.dataset.ask ?? form.dataset.ask;
  if (!question || form.dataset.sure) return;
  event.preventDefault();
  const dialog = byId("confirmation");
  byId("confirmation-text").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    form.dataset.sure = "yes";
    form.requestSubmit(event.submitter ?? undefined);
    delete form.dataset.sure;
  }, { once: true });
});

// Filters are sent as soon as they are changed.
document.addEventListener("change", (event) => {
  if (event.target.closest("[data-send-on-change]")) event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (event.key === "?") byId("keys")?.showModal();
  else if (event.key === "/") {
    const field = document.querySelector("input[type=search]");
    if (!field) return;
    event.preventDefault();
    field.focus();
    field.select();
  }
});
