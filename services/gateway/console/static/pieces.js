// Pieces of a page that take a moment: fetched after it, with words when they fail.
import { getHtml } from "hezuo/http";

for (const place of document.querySelectorAll("[data-loads]")) {
  getHtml(place.dataset.loads, { background: true })
    .then((html) => { place.innerHTML = html; })
    .catch(() => { place.textContent = place.dataset.failed; });
}
