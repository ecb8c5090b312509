// The number of unread messages in the menu, asked now and then; it keeps no session awake.
import { getJson } from "hezuo/http";

const SECONDS = 60;
const link = document.querySelector(".menu a[href='/console/inbox']");

async function show() {
  if (document.hidden) return;
  let unread = 0;
  try { ({ unread } = await getJson("/console/inbox/unread-count", { background: true })); }
  catch { return; }
  let badge = link.querySelector(".badge");
  if (!unread) { badge?.remove(); return; }
  if (!badge) {
    badge = document.createElement("span");
    badge.className = "badge accent";
    link.append(badge);
  }
  badge.textContent = unread > 99 ? "99+" : String(unread);
}

if (link) {
  show();
  setInterval(show, SECONDS * 1000);
}
