// Adds rows to a field of rows; without this there are always two spare ones.

for (const field of document.querySelectorAll("[data-rows]")) {
  const button = field.querySelector("[data-add-row]");
  const blank = field.querySelector("[data-row-blank]");
  const count = () => field.querySelectorAll("[data-row]").length;
  // Never a number that a row had already: the names of what is typed must stay apart.
  let next = count();

  const judge = () => {
    button.disabled = count() >= Number(field.dataset.most);
  };

  button.hidden = false;
  judge();
  button.addEventListener("click", () => {
    const row = document.createElement("template");
    row.innerHTML = blank.innerHTML.replaceAll("__n__", String(next)).replaceAll("__m__", String(next + 1));
    next += 1;
    blank.before(row.content);
    judge();
    const rows = field.querySelectorAll("[data-row]");
    rows[rows.length - 1].querySelector("input, select, textarea")?.focus();
  });
}
