// Events of the platform as they happen; where the stream cannot be had, a question now and then.
/** Calls `changed(event)` for events of the given types, and at least every `seconds` seconds. */
export function listen(types, changed, seconds = 60) {
  let timer = null;
  const poll = () => { if (!document.hidden) changed(null); };
  const source = new EventSource("/v1/events");
  for (const type of types) source.addEventListener(type, (event) => changed(event));
  source.addEventListener("open", () => { clearInterval(timer); timer = null; });
  source.addEventListener("error", () => { timer ??= setInterval(poll, seconds * 1000); });
  window.addEventListener("pagehide", () => source.close());
  return source;
}
