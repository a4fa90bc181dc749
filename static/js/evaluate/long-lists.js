// Long lists of boxes get a field that narrows them to what is typed, accents aside.

const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();

const narrow = (list, text) => {
  const wanted = plain(text.trim());
  for (const label of list.querySelectorAll(":scope > label")) {
    const isChosen = label.querySelector("input").checked;
    label.hidden = !isChosen && !plain(label.textContent).includes(wanted);
  }
};

const enhance = (list) => {
  if (list.dataset.enhanced) return;
  list.dataset.enhanced = "yes";
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = list.dataset.textFilter;
  field.setAttribute("aria-label", list.dataset.textFilter);
  field.addEventListener("input", (event) => {
    event.stopPropagation();
    narrow(list, field.value);
  });
  // The field is no answer: leaving it must not save the question.
  field.addEventListener("change", (event) => event.stopPropagation());
  list.before(field);
};

const enhanceAll = () => document.querySelectorAll("[data-long-list]").forEach(enhance);

enhanceAll();
document.body.addEventListener("htmx:afterRequest", enhanceAll);
