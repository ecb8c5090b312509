// Asking our own gateway: with the form's token, and as JSON or as a piece of HTML.
const token = () => document.querySelector("meta[name=form-token]")?.content ?? "";

export class Refused extends Error {
  constructor(problem) {
    super(problem.detail || problem.title);
    this.problem = problem;
  }
}

/** JSON of an address; `background` for what nobody has asked for (keeps no session awake). */
export async function getJson(address, { background = false } = {}) {
  return (await ask(address, { background })).json();
}

/** A piece of a page, as text. */
export async function getHtml(address, { background = false } = {}) {
  return (await ask(address, { background, accept: "text/html" })).text();
}

/** POST a form's fields (an object or FormData); the answer as JSON. */
export async function postForm(address, fields) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  return (await ask(address, { method: "POST", body })).json();
}

async function ask(address, { method = "GET", body, background, accept = "application/json" }) {
  const headers = { Accept: accept };
  if (method !== "GET") headers["X-Form-Token"] = token();
  if (background) headers["X-Hezuo-Background"] = "1";
  const response = await fetch(address, { method, body, headers, credentials: "same-origin" });
  if (response.ok && !response.redirected) return response;
  if (response.redirected || response.status === 401) location.reload();
  throw new Refused(await response.json().catch(() => ({ title: response.statusText })));
}
