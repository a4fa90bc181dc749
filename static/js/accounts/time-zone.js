/* The browser's time zone: offered where one is chosen, filled in where an account begins; never changed silently.
   A long list of zones gets a box that finds a city or a country. */

const browserZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

// Browsers keep old names of some zones; both names of one become the same here.
function inBrowserWords(zone) {
  try {
    return Intl.DateTimeFormat("en", { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    return zone;
  }
}

function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

function offer(select) {
  const here = browserZone();
  if (!here || inBrowserWords(select.value) === here) return;
  const options = [...select.options];
  const found =
    options.find((option) => option.value === here) ?? options.find((option) => inBrowserWords(option.value) === here);
  if (!found) return;
  const words = document.createElement("p");
  words.className = "zone-offer";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.textContent = select.dataset.takeLabel;
  words.append(select.dataset.offerLabel.replace("%s", found.textContent.trim()), " ", button);
  button.addEventListener("click", () => {
    select.dispatchEvent(new CustomEvent("zone-all"));
    select.value = found.value;
    words.remove();
    select.focus();
  });
  select.after(words);
}

function finder(select) {
  const groups = [...select.children].map((group) => ({
    group,
    name: plain(group.label),
    options: [...group.children].map((option) => ({ option, name: plain(option.textContent) })),
  }));
  const field = document.createElement("input");
  field.type = "search";
  field.autocomplete = "off";
  field.className = "zone-find";
  field.setAttribute("aria-label", select.dataset.findLabel);
  field.placeholder = select.dataset.findLabel;
  const none = document.createElement("p");
  none.className = "field__hint";
  none.setAttribute("role", "status");
  const narrow = () => {
    const wanted = plain(field.value.trim());
    const chosen = select.value;
    let matches = 0;
    for (const { group, name, options } of groups) {
      const left = options.filter((each) => {
        const isFound = !wanted || name.includes(wanted) || each.name.includes(wanted);
        matches += isFound;
        // What is chosen stays in the list: looking around changes nothing.
        return isFound || each.option.value === chosen;
      });
      group.replaceChildren(...left.map((each) => each.option));
      group.remove();
      if (left.length) select.append(group);
    }
    select.value = chosen;
    none.textContent = matches ? "" : select.dataset.noneLabel;
  };
  field.addEventListener("input", narrow);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  select.addEventListener("zone-all", () => {
    field.value = "";
    narrow();
  });
  select.before(field, none);
}

for (const field of document.querySelectorAll("[data-browser-zone]")) field.value ||= browserZone();
for (const select of document.querySelectorAll("select[data-zone-choice]")) {
  finder(select);
  offer(select);
}
