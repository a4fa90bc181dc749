// Buttons that move a choice up and down; the numbers beside the rows say the same without this script.
// Choices are only of use to questions that offer some: their part opens and closes with the type.

const SELECTS = new Set(["select_one", "select_multiple", "rank"]);

function orderOf(row) {
  return row.querySelector("input[name$='-ORDER']");
}

function renumber(list) {
  [...list.children].forEach((row, place) => {
    const order = orderOf(row);
    // An empty row at the end stays without a number until somebody fills it in.
    if (order) order.value = place + 1;
    for (const [way, disabled] of [["up", place === 0], ["down", place === list.children.length - 1]]) {
      row.querySelector(`[data-move="${way}"]`).disabled = disabled;
    }
  });
}

function button(list, row, way, sign, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.dataset.move = way;
  made.textContent = sign;
  made.setAttribute("aria-label", text);
  made.title = text;
  made.addEventListener("click", () => {
    const other = way === "up" ? row.previousElementSibling : row.nextElementSibling;
    if (!other) return;
    if (way === "up") other.before(row);
    else other.after(row);
    renumber(list);
    if (!made.disabled) made.focus();
  });
  return made;
}

for (const list of document.querySelectorAll("[data-choices]")) {
  const rows = [...list.children];
  rows.sort((one, other) => (Number(orderOf(one).value) || Infinity) - (Number(orderOf(other).value) || Infinity));
  for (const row of rows) {
    const buttons = document.createElement("div");
    buttons.className = "draft-choice__buttons";
    buttons.append(
      button(list, row, "up", "↑", list.dataset.textUp),
      button(list, row, "down", "↓", list.dataset.textDown),
    );
    orderOf(row).after(buttons);
    list.append(row);
  }
  if (rows.length) renumber(list);
}

const part = document.querySelector("[data-choices-part]");
const type = part && part.closest("form").querySelector("select[name='type']");
if (type) {
  const show = () => {
    part.open = SELECTS.has(type.value);
  };
  type.addEventListener("change", show);
  show();
}
