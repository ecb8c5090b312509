// The progress of a rematch job as it happens; at its end the page shows what it has come to.
const shown = document.querySelector("#progress");
const bar = shown.querySelector("progress");
const source = new EventSource(shown.dataset.events);
source.addEventListener("progress", (event) => {
  const { progress } = JSON.parse(event.data);
  bar.max = progress.organisations;
  bar.value = progress.organisations_done;
  for (const place of shown.querySelectorAll("[data-show]")) {
    const value = progress[place.dataset.show];
    place.textContent = value === null ? "–" : String(value);
  }
});
source.addEventListener("end", () => { source.close(); window.location.reload(); });
window.addEventListener("pagehide", () => source.close());
