// Forms of the member's pages: busy while sent, a warning before leaving, fragments that are awaited.
import { getHtml } from "hezuo/http";

// A form with data-busy says what it does while the answer is made.
for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !form.checkValidity()) return;
    const button = event.submitter ?? form.querySelector("button");
    button.setAttribute("aria-disabled", "true");
    button.textContent = form.dataset.busy;
  });
}
// Back in the history finds buttons as they were.
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// A form with data-warn is not left with unsaved changes unless one says so.
for (const form of document.querySelectorAll("form[data-warn]")) {
  let dirty = "unsaved" in form.dataset;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("hezuo:changed", () => { dirty = true; });
  form.addEventListener("submit", () => { dirty = false; });
  for (const link of document.querySelectorAll("[data-leaves]")) {
    link.addEventListener("click", () => { dirty = false; });
  }
  window.addEventListener("beforeunload", (event) => { if (dirty) event.preventDefault(); });
}

// What is not there yet is asked for again and again, with longer and longer pauses.
for (const place of document.querySelectorAll("[data-awaits]")) {
  let pause = 500;
  const look = async () => {
    try {
      const html = await getHtml(place.dataset.awaits, { background: true });
      place.innerHTML = html;
    } catch { /* asked again below */ }
    if (place.querySelector("[data-waiting], .loading")) {
      setTimeout(look, pause);
      pause = Math.min(pause * 1.5, 5000);
    }
  };
  look();
}
