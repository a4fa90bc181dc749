/* A box above the long part of a facet that leaves only the values whose names hold what is typed. */

const LONG = 12;
const typed = new Map();

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function narrow(more, words) {
  const wanted = plain(words);
  for (const item of more.querySelectorAll("li")) {
    const name = plain(item.querySelector(".facet__label").textContent);
    item.hidden = !name.includes(wanted) && !item.querySelector("input").checked;
  }
}

function finder(more) {
  const field = document.createElement("input");
  field.type = "search";
  field.className = "facet__find";
  field.id = `find-${more.dataset.facet}`;
  field.autocomplete = "off";
  field.setAttribute("aria-label", more.dataset.findLabel);
  field.placeholder = more.dataset.findLabel;
  field.value = typed.get(field.id) ?? "";
  // What is typed here narrows the list; it is no filter, and the form must not hear of it.
  for (const kind of ["input", "change", "keydown"]) {
    field.addEventListener(kind, (event) => {
      event.stopPropagation();
      if (event.key === "Enter") event.preventDefault();
    });
  }
  field.addEventListener("input", () => {
    typed.set(field.id, field.value);
    narrow(more, field.value);
  });
  return field;
}

export function addFinders() {
  for (const more of document.querySelectorAll("[data-find-label]:not([data-has-finder])")) {
    if (more.querySelectorAll("li").length <= LONG) continue;
    more.dataset.hasFinder = "";
    const field = finder(more);
    more.querySelector("summary").after(field);
    narrow(more, field.value);
  }
}
