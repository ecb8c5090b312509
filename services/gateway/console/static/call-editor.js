// Rows of requirements are added and taken away in place; without a script the server does it.
const editor = document.querySelector("[data-call-editor]");
const rows = editor.querySelector("[data-rows]");
const blank = editor.querySelector("template[data-blank]").innerHTML;
const most = Number(editor.dataset.most);
const add = editor.querySelector("[data-add]");
let next = rows.children.length;

function renumber() {
  [...rows.children].forEach((row, place) => {
    row.querySelector("[data-number]").textContent = String(place + 1);
  });
  add.disabled = rows.children.length >= most;
}

for (const button of rows.querySelectorAll("[data-remove]")) button.hidden = false;

add.addEventListener("click", (event) => {
  event.preventDefault();
  rows.insertAdjacentHTML("beforeend", blank.replaceAll("NUMBER", String(next++)));
  const row = rows.lastElementChild;
  row.querySelector("[data-remove]").hidden = false;
  row.querySelector("textarea").focus();
  renumber();
});

rows.addEventListener("click", (event) => {
  const button = event.target.closest("[data-remove]");
  if (!button) return;
  const row = button.closest("[data-row]");
  const neighbour = row.nextElementSibling ?? row.previousElementSibling;
  row.remove();
  (neighbour?.querySelector("textarea") ?? add).focus();
  renumber();
});
